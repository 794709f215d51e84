using System.Net;
using System.Text.Json.Nodes;

namespace Carillon.Api.Tests;

public sealed class OpenApiTests(OwnDoor node) : IClassFixture<OwnDoor>
{
    [Fact]
    public async Task The_document_tells_how_to_sign_in_and_that_a_secret_is_written_only()
    {
        var document = JsonNode.Parse(await node.Nobody().GetStringAsync("/openapi/v1.json"))!;
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["key"]!["scheme"]!.GetValue<string>());
        Assert.True(document["components"]!["schemas"]!["ServerConfig"]!["properties"]!["secret"]!["writeOnly"]!.GetValue<bool>());
        Assert.NotNull(document["paths"]!["/api/v1/campaigns"]!["post"]!["responses"]!["400"]!["content"]!["application/problem+json"]!["example"]!["errors"]);
    }
}
