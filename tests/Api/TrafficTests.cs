using System.Net;
using System.Text.Json.Nodes;

namespace Carillon.Api.Tests;

public sealed class TrafficTests(TestNode node) : IClassFixture<TestNode>
{
    static object Campaign(Floor floor, string name, JsonNode? traffic) => new { name, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, traffic };

    [Theory]
    [InlineData("""{ "share": 0 }""", "traffic.share")]
    [InlineData("""{ "share": 101 }""", "traffic.share")]
    [InlineData("""{ "callsPerSecond": 0 }""", "traffic.callsPerSecond")]
    [InlineData("""{ "callsPerSecond": 1001 }""", "traffic.callsPerSecond")]
    public async Task A_traffic_that_cannot_be_is_refused_by_its_field(string traffic, string field)
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);

        var refused = await client.Post("/campaigns", Campaign(floor, "Refused", JsonNode.Parse(traffic))).RefusedFields();

        Assert.Equal([field], refused);
    }

    [Fact]
    public async Task A_campaign_has_an_equal_share_and_no_rate_of_its_own_unless_it_says_so()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var plain = await client.Post("/campaigns", new { name = "Plain " + floor.Schedule, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk } }).Json(HttpStatusCode.Created);
        var heavy = await client.Post("/campaigns", Campaign(floor, "Heavy " + floor.Schedule, JsonNode.Parse("""{ "share": 3, "callsPerSecond": 0.5 }"""))).Json(HttpStatusCode.Created);

        var one = (await client.Get($"/campaigns/{plain.Id()}").Json())["config"]!["traffic"]!;
        Assert.Equal((1, null), (one["share"]!.GetValue<int>(), one["callsPerSecond"]?.GetValue<double>()));
        var three = (await client.Get($"/campaigns/{heavy.Id()}").Json())["config"]!["traffic"]!;
        Assert.Equal((3, 0.5), (three["share"]!.GetValue<int>(), three["callsPerSecond"]!.GetValue<double>()));
    }
}
