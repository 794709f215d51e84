using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class PreviewTests(TestNode node) : IClassFixture<TestNode>
{
    static readonly AgentId Anna = new("PJSIP/601");

    async Task<(string Campaign, ICampaignGrain Grain, HttpClient Client)> Shown(long lead)
    {
        var campaign = await (await Floor.Make(await node.Administrator())).Campaign(await node.Administrator());
        _ = node.Grains.Factory.GetGrain<ICampaignGrain>(campaign);
        var grain = node.Grains.Get<ICampaignGrain>(campaign);
        grain.GetPreview(Anna).Returns(new Preview
        {
            Lead = new() { Id = lead, Campaign = new(campaign), Number = new("+74959898533"), CreatedAt = node.Time.GetUtcNow() },
            DialAt = node.Time.GetUtcNow().AddSeconds(30),
        });
        grain.DialPreview(Anna, lead).Returns(PreviewResult.Done);
        grain.DialPreview(Anna, Arg.Is<long>(l => l != lead)).Returns(new PreviewResult("This lead is not shown to you (any more)."));
        grain.SkipPreview(Anna, lead, Arg.Any<string>()).Returns(PreviewResult.Done);
        return (campaign, grain, await node.As(Role.Operator, agent: Anna.Value));
    }

    [Fact]
    public async Task An_agent_sees_their_lead_and_dials_or_skips_it()
    {
        var (campaign, grain, anna) = await Shown(7);

        Assert.Equal(7, (await anna.Get($"/campaigns/{campaign}/preview").Json())["lead"]!["id"]!.GetValue<long>());
        await anna.Post($"/campaigns/{campaign}/preview/dial", new { lead = 7 }).Expect(HttpStatusCode.NoContent);
        await anna.Post($"/campaigns/{campaign}/preview/skip", new { lead = 7, reason = "called yesterday" }).Expect(HttpStatusCode.NoContent);

        await grain.Received(1).DialPreview(Anna, 7);
        await grain.Received(1).SkipPreview(Anna, 7, "called yesterday");
    }

    [Fact]
    public async Task What_cannot_be_done_says_why()
    {
        var (campaign, _, anna) = await Shown(7);

        var problem = await anna.Post($"/campaigns/{campaign}/preview/dial", new { lead = 8 }).Json(HttpStatusCode.Conflict);
        Assert.Contains("not shown to you", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await anna.Post($"/campaigns/{campaign}/preview/skip", new { lead = 7, reason = " " }).Error("reason");
        await anna.Get("/campaigns/none/preview").Expect(HttpStatusCode.NotFound);
        await (await node.As(Role.Operator)).Get($"/campaigns/{campaign}/preview").Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Operators_of_other_groups_do_not_find_the_campaign()
    {
        var administrator = await node.Administrator();
        var floor = await Floor.Make(administrator, "preview");
        var campaign = await floor.Campaign(administrator);

        await (await node.As(Role.Operator, agent: Anna.Value)).Get($"/campaigns/{campaign}/preview").Expect(HttpStatusCode.NotFound);
        await (await node.As(Role.Operator, [floor.Group!], Anna.Value)).Get($"/campaigns/{campaign}/preview").Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_stream_tells_the_lead_at_once()
    {
        var (campaign, _, anna) = await Shown(9);

        using var answer = await anna.SendAsync(new(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/preview/events"), HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("lead", events.Current.EventType);
        Assert.Equal(9, JsonNode.Parse(events.Current.Data)!["lead"]!["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_mode_and_its_times_are_checked()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        object Campaign(string name, object preview) => new { name, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode = "Preview", preview };

        var made = await client.Post("/campaigns", Campaign("looks first", new { dialAfter = "00:00:20" })).Json(HttpStatusCode.Created);
        Assert.Equal(("Preview", "00:00:20", 3), (made["config"]!["mode"]!.GetValue<string>(), made["config"]!["preview"]!["dialAfter"]!.GetValue<string>(), made["config"]!["preview"]!["mostSkips"]!.GetValue<int>()));
        await client.Post("/campaigns", Campaign("too fast", new { dialAfter = "00:00:01" })).Error("preview.dialAfter");
        await client.Post("/campaigns", Campaign("no skips", new { mostSkips = 0 })).Error("preview.mostSkips");
    }

    [Fact]
    public async Task An_agent_finds_the_campaigns_that_show_leads_and_the_calls_of_a_lead_that_is_theirs()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var shows = (await client.Post("/campaigns", new { name = "shows " + Guid.NewGuid().ToString("N"), schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode = "Preview" }).Json(HttpStatusCode.Created)).Id();
        _ = node.Grains.Factory.GetGrain<ICampaignGrain>(shows);
        var grain = node.Grains.Get<ICampaignGrain>(shows);
        grain.GetProgress().Returns(new CampaignProgress { Campaign = new(shows), Status = CampaignStatus.Running, At = node.Time.GetUtcNow() });
        grain.GetPreview(Arg.Any<AgentId>()).Returns(new Preview { Why = "No lead is due now." });
        var call = await CallRecords.Ended(node, shows, Carillon.Calls.Outcome.HumanAnswered, Anna.Value);
        var (anna, boris) = (await node.As(Role.Operator, agent: Anna.Value), await node.As(Role.Operator, agent: "PJSIP/602"));

        Assert.Contains((await anna.Get("/preview/campaigns").Json()).AsArray(), c => c!["id"]!.GetValue<string>() == shows && c["status"]!.GetValue<string>() == "Running");
        var path = $"/campaigns/{shows}/preview/leads/{call.Intent.LeadId}/calls";
        Assert.Equal(call.Intent.Id.Value, Assert.Single((await anna.Get(path).Json()).AsArray())!["intent"]!["id"]!.GetValue<string>());
        await boris.Get(path).Expect(HttpStatusCode.NotFound);
        grain.GetPreview(new AgentId("PJSIP/602")).Returns(new Preview { Lead = new() { Id = call.Intent.LeadId, Campaign = new(shows), Number = call.Intent.Number, CreatedAt = node.Time.GetUtcNow() } });
        Assert.Single((await boris.Get(path).Json()).AsArray());
    }
}
