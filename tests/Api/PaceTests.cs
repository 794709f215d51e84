using System.Net;
using System.Text.Json.Nodes;

namespace Carillon.Api.Tests;

public sealed class PaceTests(TestNode node) : IClassFixture<TestNode>
{
    [Theory]
    [InlineData("""{ "ratio": 0.5 }""", "Ratio", "pacing.ratio")]
    [InlineData("""{ "abandonmentCap": 0.5 }""", "Predictive", "pacing.abandonmentCap")]
    [InlineData("""{ "abandonmentWindow": "01:00:00" }""", "Predictive", "pacing.abandonmentWindow")]
    public async Task A_pacing_that_no_law_and_no_floor_allows_is_refused_by_its_field(string pacing, string mode, string field)
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var refused = await client.Post("/campaigns", new
        {
            name = "Refused",
            schedule = floor.Schedule,
            queue = floor.Queue,
            trunks = new[] { floor.Trunk },
            mode,
            pacing = JsonNode.Parse(pacing),
        }).RefusedFields();

        Assert.Equal([field], refused);
    }

    [Fact]
    public async Task A_predictive_campaign_has_its_cap_and_window_by_default_and_nobody_elses_pace_is_told()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var made = await client.Post("/campaigns", new
        {
            name = "Ahead " + floor.Schedule,
            schedule = floor.Schedule,
            queue = floor.Queue,
            trunks = new[] { floor.Trunk },
            mode = "Predictive",
        }).Json(HttpStatusCode.Created);

        var pacing = (await client.Get($"/campaigns/{made.Id()}").Json())["config"]!["pacing"]!;
        Assert.Equal(0.03, pacing["abandonmentCap"]!.GetValue<double>());
        Assert.Equal("30.00:00:00", pacing["abandonmentWindow"]!.GetValue<string>());
        await client.Get("/campaigns/nobody/pace").Json(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Agent_first_and_dialing_ahead_exclude_each_other()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var refused = await client.Post("/campaigns", new
        {
            name = "Refused",
            schedule = floor.Schedule,
            queue = floor.Queue,
            trunks = new[] { floor.Trunk },
            mode = "Ratio",
            agentFirst = true,
        }).RefusedFields();

        Assert.Equal(["agentFirst"], refused);
    }
}
