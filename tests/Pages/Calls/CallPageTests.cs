using Carillon.Api.Pages.Calls;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Calls;

public sealed class CallPageTests : PageTest<CallPage>
{
    async Task<Attempt> Call(string? group = null) =>
        await CallRecords.Ended(Node, await (await Floor.Make(Admin, group)).Campaign(Admin), Outcome.HumanAnswered, "PJSIP/9001");

    [Fact]
    public async Task What_happened_stands_in_order_with_the_cause_in_words()
    {
        var path = "/calls/" + (await Call()).Intent.Id.Value;

        var (english, russian) = (await Open(path), await Open(path, language: "ru"));

        await english.Sees("Joined with the agent");
        Assert.Equal(["Placed", "Answered", "Joined with the agent", "Ended"], english.All(".timeline b").Select(b => b.Said()));
        Assert.EndsWith("+0:42 Ended", english.Find(".timeline").Said(), StringComparison.Ordinal);
        await english.Sees("Ended as usual");
        await russian.Sees("Соединён с оператором");
        await russian.Sees("Обычное завершение");
    }

    [Fact]
    public async Task What_came_of_it_is_said_once_and_shown_from_then_on()
    {
        var call = await Call();
        var sold = await Make("dispositions", new { name = "Sold", action = "Completed" });
        var screen = await Open("/calls/" + call.Intent.Id.Value, Role.Operator, agent: "PJSIP/9001");
        await screen.When(() => Assert.NotNull(screen.Find("#disposition")));
        Assert.True(screen.Button("Say it").HasAttribute("disabled"));

        await screen.Write("disposition", sold);
        await screen.Write("note", "two of them");
        await screen.Press("Say it");

        await screen.Sees("two of them");
        Assert.Contains("The agent said what came of it", screen.Find(".timeline").Said(), StringComparison.Ordinal);
        Assert.Equal("Sold", (await Node.Service<AttemptStore>().GetAsync(call.Intent.Id))!.Disposition!.Meaning.Name);
    }

    [Fact]
    public async Task A_time_that_has_passed_is_told_beside_its_field()
    {
        var call = await Call();
        var again = await Make("dispositions", new { name = "Later", action = "CallAgain", agentChoosesTime = true });
        var screen = await Open("/calls/" + call.Intent.Id.Value);
        await screen.Write("disposition", again);
        await screen.Write("callAt", "2020-01-01T10:00:00");
        await screen.Press("Say it");
        Assert.Contains("from now", screen.Problem("callAt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_dispositions_to_choose_from_is_told_so() =>
        await (await Open("/calls/" + (await Call()).Intent.Id.Value)).Sees("No disposition is set up for calls of this campaign.");

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Supervisor)]
    public async Task A_call_of_others_is_not_there(Role role)
    {
        var (call, mine) = (await Call("theirs"), await Floor.Make(Admin, "mine"));
        var screen = await Open("/calls/" + call.Intent.Id.Value, role, [mine.Group!], "PJSIP/9002");
        await screen.When(() => Assert.Contains("There is no call", screen.Find(".refusal").Said(), StringComparison.Ordinal));
        Assert.DoesNotContain(call.Intent.Number.Value, screen.Text, StringComparison.Ordinal);
        Assert.Empty(screen.All(".timeline"));
    }
}
