using System.Net;
using System.Text.Json.Nodes;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class OpenApiTests(TestNode node) : IClassFixture<TestNode>
{
    sealed record Operation(HttpMethod Method, string Path, Role? Least, JsonNode Description);

    async Task<List<Operation>> Operations()
    {
        var document = JsonNode.Parse(await node.Nobody().GetStringAsync("/openapi/v1.json"))!;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               let role = operation.Value!["x-carillon-role"]?.GetValue<string>()
               select new Operation(new(operation.Key.ToUpperInvariant()), path.Key, role is null ? null : Enum.Parse<Role>(role), operation.Value),
        ];
    }

    static async Task<HttpStatusCode> Call(HttpClient client, Operation operation)
    {
        var path = operation.Path.Replace("{id}", "none", StringComparison.Ordinal).Replace("{lead}", "1", StringComparison.Ordinal).Replace("{number}", "74950000000", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(operation.Method, path);
        if (operation.Method != HttpMethod.Get && operation.Method != HttpMethod.Delete) request.Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Every_operation_says_who_may_call_it_and_keeps_its_word()
    {
        var operations = await Operations();
        Assert.True(operations.Count > 60, $"Only {operations.Count} operations.");
        var wrong = node.WithKey("carillon_" + new string('0', 64));
        foreach (var operation in operations)
        {
            var what = $"{operation.Method} {operation.Path}";
            if (operation.Least is not { } least)
            {
                Assert.Equal("POST /api/v1/session", what);
                continue;
            }
            Assert.NotNull(operation.Description["responses"]!["401"]);
            Assert.NotNull(operation.Description["responses"]!["403"]);
            Assert.Equal((what, HttpStatusCode.Unauthorized), (what, await Call(node.Nobody(), operation)));
            var withWrongKey = await Call(wrong, operation);
            Assert.True(withWrongKey is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{what} answered a wrong key with {withWrongKey}.");
            foreach (var role in Enum.GetValues<Role>())
            {
                // A fresh key each, because some operations end what they are called with.
                var status = await Call(await node.As(role, ["nowhere"]), operation);
                if (role < least) Assert.Equal((what, role, HttpStatusCode.Forbidden), (what, role, status));
                else Assert.True(status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{what} refused {role} with {status}.");
                Assert.NotEqual((what, HttpStatusCode.InternalServerError), (what, status));
            }
        }
    }

    [Fact]
    public async Task The_document_tells_how_to_sign_in_and_that_a_secret_is_written_only()
    {
        var document = JsonNode.Parse(await node.Nobody().GetStringAsync("/openapi/v1.json"))!;
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["key"]!["scheme"]!.GetValue<string>());
        Assert.True(document["components"]!["schemas"]!["ServerConfig"]!["properties"]!["secret"]!["writeOnly"]!.GetValue<bool>());
        Assert.NotNull(document["paths"]!["/api/v1/campaigns"]!["post"]!["responses"]!["400"]!["content"]!["application/problem+json"]!["example"]!["errors"]);
    }
}
