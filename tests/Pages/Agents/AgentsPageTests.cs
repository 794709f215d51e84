using Bunit;
using Carillon.Agents;
using Carillon.Api.Pages.Agents;
using Carillon.Api.Tests;
using Carillon.Queues;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Agents;

public sealed class AgentsPageTests : PageTest<AgentsPage>
{
    async Task<Floor> Staffed(string? group = null)
    {
        var floor = await Floor.Make(Admin, group);
        var now = Node.Time.GetUtcNow();
        Node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue) with
        {
            Agents =
            [
                new(new("PJSIP/9001"), "Anna", AgentStatus.Available, AgentState.Talking, now, []),
                new(new("PJSIP/9002"), "Boris", AgentStatus.Paused, AgentState.Idle, now, []),
                new(new("PJSIP/9003"), "Vera", AgentStatus.LoggedOut, AgentState.Idle, now, []),
            ],
        });
        return floor;
    }

    [Fact]
    public async Task Everybody_stands_with_what_they_do_and_in_which_queues_who_is_out_last()
    {
        var floor = await Staffed();

        var (english, russian) = (await Open("/agents"), await Open("/agents", language: "ru"));

        await english.When(() => Assert.Equal(["Anna", "Boris", "Vera"], english.All("tbody td:first-child a").Select(a => a.Said())));
        Assert.Contains("Talking", english.Row("Anna").Said(), StringComparison.Ordinal);
        Assert.Contains(floor.NameOfQueue, english.Row("Anna").Said(), StringComparison.Ordinal);
        Assert.Contains("Logged out", english.Row("Vera").Said(), StringComparison.Ordinal);
        await russian.When(() => Assert.Contains("Разговор", russian.Row("Anna").Said(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_supervisor_sees_the_agents_of_their_groups_queues_only()
    {
        var (mine, _) = (await Staffed("mine"), await Floor.Make(Admin, "theirs"));
        var theirs = await Floor.Make(Admin, "theirs");
        Node.Grains.Get<IQueueGrain>(theirs.Queue).GetSnapshot().Returns(FakeGrains.Queue(theirs.Queue, "Zoe"));

        var screen = await Open("/agents", Role.Supervisor, [mine.Group!]);

        await screen.Sees("Anna");
        Assert.DoesNotContain("Zoe", screen.Text, StringComparison.Ordinal);
        await (await Open("/agents")).Sees("Zoe");
    }

    [Fact]
    public async Task A_pause_is_told_to_the_agent_and_a_refusal_said_in_words()
    {
        await Staffed();
        var screen = await Open("/agents", language: "ru");
        await screen.Sees("Anna");
        var (anna, boris) = (Node.Grains.Get<IAgentGrain>("PJSIP/9001"), Node.Grains.Get<IAgentGrain>("PJSIP/9002"));
        boris.SetPaused(default, default).ReturnsForAnyArgs("The server is not connected.");

        await screen.Press("Приостановить", () => screen.Row("Anna"));
        await screen.Press("Снять с паузы", () => screen.Row("Boris"));

        await anna.Received(1).SetPaused(true, "supervisor");
        await boris.Received(1).SetPaused(false, null);
        await screen.When(() => Assert.NotEmpty(screen.Notices));
        Assert.False(screen.Row("Vera").Said().Contains("паузы", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_search_and_the_state_leave_those_who_are_asked_for()
    {
        await Staffed();
        var screen = await Open("/agents");
        await screen.Sees("Anna");

        await screen.Find("[data-search]").InputAsync("bor");
        Assert.Equal(["Boris"], screen.All("tbody td:first-child a").Select(a => a.Said()));
        await screen.Find("[data-search]").InputAsync("");
        await screen.Find(".filter select").ChangeAsync(nameof(AgentPlace.Talking));
        Assert.Equal(["Anna"], screen.All("tbody td:first-child a").Select(a => a.Said()));
    }

    [Fact]
    public async Task Without_any_it_says_where_agents_come_from_and_names_those_of_no_queue()
    {
        await Make("agents", new { name = "Grisha", interfaces = new[] { "PJSIP/9009" } });
        var screen = await Open("/agents");
        await screen.Sees("No agent is known yet: they are the members of your queues in Asterisk.");
        await screen.Sees("Members of no queue that is seen Grisha");
    }
}
