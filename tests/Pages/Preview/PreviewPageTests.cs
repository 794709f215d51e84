using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Api.Pages.Preview;
using Carillon.Api.Tests;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.TestKit;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Preview;

public sealed class PreviewPageTests : PageTest<PreviewPage>
{
    static readonly AgentId Anna = new("PJSIP/9001");

    async Task<(string Campaign, ICampaignGrain Grain, Lead Lead)> Shown(string? group = null)
    {
        var floor = await Floor.Make(Admin, group);
        var campaign = await Make("campaigns", new { name = "Look first", schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode = "Preview", group = floor.Group });
        var lead = (await Node.Service<LeadStore>().AddAsync(new(campaign), new("+74959898533"), ImmutableDictionary<string, string>.Empty.Add("name", "Ivan")))!;
        var grain = Node.Grains.Get<ICampaignGrain>(campaign);
        grain.GetPreview(Anna).Returns(new Carillon.Campaigns.Preview { Lead = lead, DialAt = Node.Time.GetUtcNow().AddSeconds(30) });
        grain.DialPreview(Anna, lead.Id).Returns(PreviewResult.Done);
        grain.SkipPreview(Anna, lead.Id, Arg.Any<string>()).Returns(PreviewResult.Done);
        return (campaign, grain, lead);
    }

    Task<Screen> Open(string campaign, string language = "en") => Open("/preview/" + campaign, Role.Operator, agent: Anna.Value, language: language);

    [Fact]
    public async Task A_lead_is_shown_with_what_its_list_says_and_the_time_that_is_left()
    {
        var (campaign, _, _) = await Shown();
        var screen = await Open(campaign);
        await screen.Sees("+74959898533");
        await screen.Sees("name Ivan");
        await screen.Sees("It was never called.");
        Assert.Equal(Node.Time.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), screen.Find("time[data-until]").GetAttribute("data-until"));
        await (await Open(campaign, "ru")).Sees("Номер для вас");
    }

    [Fact]
    public async Task Dial_has_it_called_and_when_the_call_has_ended_asks_what_came_of_it()
    {
        var (campaign, grain, lead) = await Shown();
        await Make("dispositions", new { name = "Sold", action = "Completed" });
        Node.Grains.Get<IAgentGrain>(Anna.Value).GetSnapshot().Returns(new AgentSnapshot { Agent = Anna, Name = "Anna", Status = AgentStatus.Available, State = AgentState.Talking });
        var screen = await Open(campaign);
        await screen.Sees("+74959898533");
        await screen.Press("Dial");
        await grain.Received(1).DialPreview(Anna, lead.Id);
        await screen.Sees("Your phone rings first, then theirs");
        Assert.False(screen.Offers("Dial"));

        await Ended(lead);
        Node.Time.Advance(TimeSpan.FromSeconds(1));

        await screen.Sees("What came of the call Human answered");
        await screen.Sees("Sold");
    }

    [Fact]
    public async Task The_keyboard_is_led_from_what_was_done_to_what_is_to_be_done()
    {
        var (campaign, _, lead) = await Shown();
        await Make("dispositions", new { name = "Sold", action = "Completed" });
        Node.Grains.Get<IAgentGrain>(Anna.Value).GetSnapshot().Returns(new AgentSnapshot { Agent = Anna, Name = "Anna", Status = AgentStatus.Available, State = AgentState.Talking });
        var screen = await Open(campaign);
        await Led("#dial");
        await screen.Press("Dial");
        await Led("#dial", "h1");
        await Ended(lead);
        Node.Time.Advance(TimeSpan.FromSeconds(1));
        await Led("#dial", "h1", "#disposition, #next");
        await screen.Write("disposition", screen.All("#disposition option")[1].GetAttribute("value")!);
        await screen.Press("Say it");
        await Led("#dial", "h1", "#disposition, #next", "#next");

        // What a page calls once it is drawn comes with no further drawing.
        Task Led(params string[] places) => Wait.Until(() => Task.FromResult(screen.Browser.Invocations["carillon.leadTo"].Select(i => (string)i.Arguments[0]!)), led => led.SequenceEqual(places));
    }

    [Fact]
    public async Task A_skip_needs_a_reason_which_is_told_to_the_campaign()
    {
        var (campaign, grain, lead) = await Shown();
        var screen = await Open(campaign, "ru");
        await screen.Sees("+74959898533");
        await screen.Press("Пропустить");
        Assert.NotEmpty(screen.Problem("reason"));
        await grain.DidNotReceiveWithAnyArgs().SkipPreview(default, default, default!);

        grain.GetPreview(Anna).Returns(new Carillon.Campaigns.Preview { Why = "No lead is due now." });
        await screen.Write("reason", "called yesterday");
        await screen.Press("Пропустить");

        await grain.Received(1).SkipPreview(Anna, lead.Id, "called yesterday");
        await screen.Sees("Ждём номер");
        Assert.DoesNotContain("+74959898533", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_dialed_says_why_and_stays()
    {
        var (campaign, grain, lead) = await Shown();
        grain.DialPreview(Anna, lead.Id).Returns(new PreviewResult("This lead is not shown to you (any more)."));
        var screen = await Open(campaign);
        await screen.Sees("+74959898533");
        await screen.Press("Dial");
        await screen.Sees("This lead is not shown to you (any more).");
        Assert.True(screen.Offers("Dial"));
    }

    [Fact]
    public async Task A_campaign_of_other_groups_shows_nothing()
    {
        var (campaign, _, _) = await Shown("theirs");
        var screen = await Open(campaign);
        await screen.Sees("There is no campaign");
        Assert.DoesNotContain("Look first", screen.Text, StringComparison.Ordinal);
        Assert.False(screen.Offers("Dial"));
    }

    [Fact]
    public async Task A_lead_stays_while_the_campaign_does_not_answer_and_it_is_looked_at_again()
    {
        var (campaign, grain, lead) = await Shown();
        var screen = await Open(campaign);
        await screen.Sees("+74959898533");
        await screen.Write("reason", "called yesterday");
        var silent = true;
        grain.GetPreview(Anna).Returns(_ => silent ? throw new TimeoutException("Response did not arrive on time.") : new Carillon.Campaigns.Preview { Lead = lead, DialAt = Node.Time.GetUtcNow().AddSeconds(30) });
        Node.Time.Advance(TimeSpan.FromSeconds(1));
        await screen.Sees("No answer came in time.");
        Assert.Equal("called yesterday", screen.Value("reason"));
        Assert.True(screen.Offers("Dial"));

        silent = false;
        Node.Time.Advance(TimeSpan.FromSeconds(1));
        await screen.When(() => Assert.Empty(screen.All(".refusal")));
        Assert.Equal("called yesterday", screen.Value("reason"));
    }

    async Task Ended(Lead lead)
    {
        var (now, store) = (Node.Time.GetUtcNow(), Node.Service<AttemptStore>());
        var intent = new AttemptIntent { Id = AttemptId.New(now), Campaign = lead.Campaign, LeadId = lead.Id, Number = lead.Number, Server = new("s"), Trunk = new("t"), Queue = new("q"), At = now, AttemptNumber = 1, For = Anna };
        Assert.Equal(BeginResult.Begun, Assert.Single(await store.BeginAsync([intent])));
        var ended = new Attempt { Intent = intent, AnsweredAt = now, BridgedAt = now, EndedAt = now.AddSeconds(42), Outcome = Outcome.HumanAnswered, Agent = Anna };
        Assert.True(await store.CompleteAsync(ended, (_, _) => new() { Status = LeadStatus.Answered, AttemptsSinceAnswer = 1 }));
    }
}
