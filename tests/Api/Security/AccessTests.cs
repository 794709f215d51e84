using System.Net;
using Carillon.Api.Access;
using Carillon.Api.Pages;
using Carillon.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Tests.Security;

public sealed class AccessTests(OwnDoor node) : IClassFixture<OwnDoor>
{
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
        var operations = await Operation.All(node);
        Assert.True(operations.Count > 60, $"Only {operations.Count} operations.");
        var wrong = node.WithKey("carillon_" + new string('0', 64));
        foreach (var operation in operations)
        {
            if (operation.Least is not { } least)
            {
                Assert.Equal("POST /api/v1/session", $"{operation}");
                continue;
            }
            Assert.NotNull(operation.Description["responses"]!["401"]);
            Assert.NotNull(operation.Description["responses"]!["403"]);
            Assert.Equal(($"{operation}", HttpStatusCode.Unauthorized), ($"{operation}", await Call(node.Nobody(), operation)));
            var withWrongKey = await Call(wrong, operation);
            Assert.True(withWrongKey is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{operation} answered a wrong key with {withWrongKey}.");
            foreach (var role in Enum.GetValues<Role>())
            {
                // A fresh key each, because some operations end what they are called with.
                var status = await Call(await node.As(role, ["nowhere"]), operation);
                if (role < least) Assert.Equal(($"{operation}", role, HttpStatusCode.Forbidden), ($"{operation}", role, status));
                else Assert.True(status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{operation} refused {role} with {status}.");
                Assert.NotEqual(($"{operation}", HttpStatusCode.InternalServerError), ($"{operation}", status));
            }
        }
    }

    [Fact]
    public void Whatever_the_node_answers_names_its_least_role_or_is_known_to_be_open()
    {
        string[] open =
        [
            "/health/live", "/health/ready", "/metrics", "/openapi/{documentName}.json", "/api/v1/session/",
            "/sign-in", "/sign-out", "/password", "/preferences", "/assets/{build}/{**name}",
        ];
        var unexpected = new List<string>();
        foreach (var endpoint in node.Service<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            var route = endpoint.RoutePattern.RawText!;
            var least = endpoint.Metadata.GetMetadata<LeastRole>() is not null || endpoint.Metadata.GetMetadata<ForAttribute>() is not null;
            if (least && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) continue;
            // The sockets of pages: what is shown in them PageGate decides.
            var path = "/" + route.TrimStart('/');
            if (!open.Contains(path) && !path.StartsWith("/_blazor", StringComparison.Ordinal) && !path.StartsWith("/_framework", StringComparison.Ordinal)) unexpected.Add(path);
        }
        Assert.Empty(unexpected);
    }
}
