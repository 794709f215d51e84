using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Api.Events;
using Carillon.Api.Pages.Wallboard;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.TestKit;
using Carillon.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Carillon.Pages.Tests.Wallboard;

public sealed class WallboardPageTests : PageTest<WallboardPage>
{
    async Task<(Floor Floor, string Campaign)> Working(string name = "Spring", string? group = null)
    {
        var floor = await Floor.Make(Admin, group);
        var campaign = await Make("campaigns", new { name, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode = "Predictive", group = floor.Group });
        Says(campaign, p => p with { Talking = 3, Ringing = 2, Waiting = 4, CallsPerMinute = 42, AgentsLoggedIn = 5, StartedAt = Node.Time.GetUtcNow(), Why = "Two agents are free." });
        Node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue) with
        {
            Agents = [new(new("PJSIP/9001"), "Anna", AgentStatus.Available, AgentState.Talking, Node.Time.GetUtcNow(), []), new(new("PJSIP/9002"), "Vera", AgentStatus.LoggedOut, AgentState.Idle, Node.Time.GetUtcNow(), [])],
        });
        return (floor, campaign);
    }

    [Fact]
    public async Task The_floor_is_shown_as_grains_tell_it_and_follows_within_a_second()
    {
        var (floor, campaign) = await Working();
        var (english, russian) = (await Open("/"), await Open("/", language: "ru"));

        await english.Sees("Spring Running 42 calls/min");
        await english.Sees("Predictive · Two agents are free.");
        await english.Sees("Agents free 0 of 1 logged in");
        Assert.Contains("Anna", english.Find(".agent-grid").Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("Vera", english.Find(".agent-grid").Said(), StringComparison.Ordinal);
        await english.Sees(floor.NameOfServer + " Online");
        await russian.Sees("Spring Идёт 42 зв./мин");
        await russian.Sees("Разговаривают 3 2 звонка набираются");

        Says(campaign, p => p with { Status = CampaignStatus.Paused, CallsPerMinute = 7, StartedAt = Node.Time.GetUtcNow(), Why = "The campaign is paused." });
        Node.Time.Advance(TimeSpan.FromSeconds(1));

        await english.Sees("Spring Paused 7 calls/min");
    }

    [Fact]
    public async Task What_is_wrong_stands_on_top_the_worst_first_with_a_link_to_it()
    {
        var (floor, campaign) = await Working();
        Node.Grains.Get<IServerGrain>(floor.Server).GetSnapshot().Returns(new ServerSnapshot { Server = new(floor.Server), State = ServerState.Connecting, Since = Node.Time.GetUtcNow() });

        var (english, russian) = (await Open("/"), await Open("/", language: "ru"));

        await english.When(() => Assert.Equal(["Spring 4 people wait on the line and no agent is free. Let agents end their pauses or log in; pausing the campaign stops new calls.", floor.NameOfServer + " The server is not connected yet. If it stays so, check its address, port and manager user."], english.All(".alert").Select(a => a.Said())));
        Assert.Equal(["/campaigns/" + campaign, "/servers"], english.All(".alert").Select(a => a.GetAttribute("href")));
        await russian.When(() => Assert.All(russian.All(".alert span"), a => Assert.Matches("[а-я]", a.Said())));
    }

    [Theory]
    [InlineData("en", "Not live since 12:00:00", "what is shown is how it was then")]
    [InlineData("ru", "Не обновляется с 12:00:00", "показано то, что было тогда")]
    public async Task When_nobody_can_look_it_says_since_when_and_what_to_do(string language, string badge, string alert)
    {
        await Working();
        var screen = await Open("/", language: language);
        await screen.When(() => Assert.NotEmpty(screen.All(".badge.good[data-node-time]")));
        var watch = Node.Services.GetServices<IHostedService>().OfType<EventWatch>().Single();
        await watch.StopAsync(CancellationToken.None);

        Node.Time.Advance(TimeSpan.FromSeconds(4));

        await screen.When(() => Assert.Equal(badge, screen.Find(".page-head .badge.bad").Said()));
        Assert.Contains(alert, screen.Find(".stale[role=alert]").Said(), StringComparison.Ordinal);
        Assert.Empty(screen.All(".badge.good[data-node-time]"));
        Assert.NotEmpty(screen.All(".wallboard"));
    }

    [Fact]
    public async Task A_campaign_that_hangs_is_marked_and_told_of_and_holds_nothing_up()
    {
        var (floor, campaign) = await Working();
        var other = await Make("campaigns", floor.NewCampaign("Autumn"));
        var screen = await Open("/");
        await screen.Sees("Autumn");
        Node.Grains.Get<ICampaignGrain>(campaign).GetProgress().Returns(new TaskCompletionSource<CampaignProgress>().Task);
        Says(other, p => p with { CallsPerMinute = 77, StartedAt = Node.Time.GetUtcNow() });

        await Wait.Until(() =>
        {
            Node.Time.Advance(TimeSpan.FromSeconds(0.5));
            return Task.FromResult(screen.Text.Contains("It has not answered for", StringComparison.Ordinal));
        });

        await screen.Sees("Autumn Running 77 calls/min");
        Assert.StartsWith("Spring", screen.Find(".working .old").Said(), StringComparison.Ordinal);
        Assert.Contains("Spring It has not answered for", string.Join(' ', screen.All(".alert").Select(a => a.Said())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_sees_their_groups_campaigns_and_agents()
    {
        var (mine, _) = await Working("Ours", "mine");
        var theirs = await Floor.Make(Admin, "theirs");
        await Make("campaigns", theirs.NewCampaign("Foreign"));
        Node.Grains.Get<IQueueGrain>(theirs.Queue).GetSnapshot().Returns(FakeGrains.Queue(theirs.Queue, "Zoe"));

        var screen = await Open("/", Role.Supervisor, [mine.Group!]);

        await screen.Sees("Ours");
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zoe", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_system_leads_by_hand_and_ticks_what_is_done()
    {
        var empty = await Open("/");
        await empty.When(() => Assert.Equal("0 of 8", empty.Find(".first header span").Said()));
        Assert.Equal("/servers/new", empty.Find(".first li a").GetAttribute("href"));

        await Floor.Make(Admin);
        Node.Time.Advance(TimeSpan.FromSeconds(1));
        var begun = await Open("/", language: "ru");
        await begun.When(() => Assert.Equal("3 из 8", begun.Find(".first header span").Said()));
        Assert.Equal(["Добавьте транк для исходящих звонков.", "Дождитесь, пока операторы войдут в неё.", "Создайте кампанию.", "Загрузите её номера.", "Запустите её."], begun.All(".first li:not(.done)").Select(l => l.Said()));
        // Servers and trunks are not a supervisor's to add.
        var supervisor = await Open("/", Role.Supervisor);
        await supervisor.When(() => Assert.Empty(supervisor.All(".first a[href='/servers/new'], .first a[href='/trunks/new']")));
    }

    [Fact]
    public async Task An_operator_has_their_own_work_there()
    {
        var (_, campaign) = await Working();
        var call = await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9001");
        var foreign = await CallRecords.Ended(Node, campaign, Outcome.HumanAnswered, "PJSIP/9002");

        var screen = await Open("/", Role.Operator, agent: "PJSIP/9001");

        await screen.Sees("You are the agent PJSIP/9001.");
        await screen.Sees(call.Intent.Number.Value + " Human answered not said yet");
        Assert.DoesNotContain(foreign.Intent.Number.Value, screen.Text, StringComparison.Ordinal);
        Assert.Empty(screen.All(".wallboard"));
        await (await Open("/", Role.Operator, language: "ru")).Sees("Ваш логин ещё не связан с оператором.");
    }

    [Fact]
    public async Task A_page_beyond_what_the_node_takes_says_that_it_is_not_live()
    {
        await Working();
        var places = new List<IDisposable>();
        while (Node.Service<EventClients>().TryEnter() is { } place) places.Add(place);
        await (await Open("/")).Sees("Not live: this node has as many open pages as it takes");
        places.ForEach(p => p.Dispose());
        await (await Open("/")).Sees("Live");
    }
}
