using System.Net;
using System.Text.Json.Nodes;

namespace Carillon.Api.Tests;

public sealed class TrunkRegionTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task A_trunk_has_regions_that_numbers_tell_and_no_others()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var trunk = (await client.Get($"/trunks/{floor.Trunk}").Json())["config"]!.AsObject();
        JsonObject With(string name, params string[] regions)
        {
            var copy = trunk.DeepClone().AsObject();
            (copy["name"], copy["regions"]) = (name, new JsonArray([.. regions.Select(r => (JsonNode)r)]));
            return copy;
        }

        var made = await client.Post("/trunks", With("Omsk " + floor.Trunk, "Asia/Omsk")).Json(HttpStatusCode.Created);
        Assert.Equal("Asia/Omsk", (await client.Get($"/trunks/{made.Id()}").Json())["config"]!["regions"]![0]!.GetValue<string>());

        var refused = await client.Post("/trunks", With("Nowhere " + floor.Trunk, "Asia/Omsk", "Omsk")).Json(HttpStatusCode.BadRequest);
        Assert.Equal(["regions[1]"], refused["errors"]!.AsObject().Select(e => e.Key));
    }
}
