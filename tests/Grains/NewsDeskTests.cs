using Carillon.Calls;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class NewsDeskTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly AttemptId Call = new("carillon-1");

    readonly NewsDesk _desk = new();

    [Fact]
    public void News_that_did_not_arrive_are_told_again_and_those_after_them_later()
    {
        _desk.NotPlaced(Call, Now, "first");
        var first = _desk.Take();
        _desk.NotPlaced(Call, Now, "second");

        Assert.Same(first, _desk.Again(received: 0));
        Assert.Null(_desk.Again(first.Number));
        Assert.Equal("second", _desk.Take().Calls.Single().Facts.Single().Reason!.Text);
    }

    [Fact]
    public void Nothing_to_tell_has_no_number_and_is_not_told_again()
    {
        Assert.Equal(0, _desk.Take().Number);
        Assert.Null(_desk.Again(received: 0));
    }
}
