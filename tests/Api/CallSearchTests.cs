using Carillon.Api.Pages.Calls;
using Carillon.Storage;

namespace Carillon.Api.Tests;

public sealed class CallSearchTests
{
    const string Node = "http://node.example";

    static readonly CallSearch Search = new()
    {
        Campaign = "c1",
        Outcome = "Busy",
        Number = "+74959898533",
        Agent = "PJSIP/9001",
        Server = "s1",
        Trunk = "t1",
        From = new(2026, 11, 22, 0, 0, 0, TimeSpan.FromHours(3)),
        To = new(2026, 11, 23, 0, 0, 30, TimeSpan.FromHours(3)),
        OldestFirst = true,
        After = new AttemptCursor(DateTimeOffset.UnixEpoch, new("a&b")),
    };

    [Fact]
    public void A_search_comes_back_from_its_address_whole() => Assert.Equal(Search, CallSearch.Of(Node + Search.Address("/calls")));

    [Fact]
    public void An_address_names_only_what_is_asked_for_and_its_instants_by_no_clock_but_UTC()
    {
        Assert.Equal("/calls", new CallSearch { Number = " " }.Address("/calls"));
        Assert.Equal("/calls.csv?from=2026-11-21T21%3A00%3A00Z&separator=tab", new CallSearch { From = Search.From }.Address("/calls.csv", "separator", "tab"));
    }

    [Theory]
    [InlineData("from=yesterday&cursor=here&order=sideways")]
    [InlineData("")]
    public void What_cannot_be_read_is_not_asked_for(string query) => Assert.Equal(new CallSearch(), CallSearch.Of($"{Node}/calls?{query}"));
}
