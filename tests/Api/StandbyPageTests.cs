using System.Net;
using Carillon.Silo;
using Carillon.TestKit;

namespace Carillon.Api.Tests;

public sealed class StandbyPageTests
{
    [Fact]
    public async Task What_the_database_is_and_why_it_fails_is_for_callers_on_the_nodes_own_machine()
    {
        var port = Loopback.FreePort();
        await using var page = await StandbyPage.Open(new NodeOptions { Port = port }, "The database of db.internal");
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

        Assert.Contains("db.internal", await Says(http, passedOnFor: null), StringComparison.Ordinal);
        Assert.DoesNotContain("db.internal", await Says(http, "203.0.113.7"), StringComparison.Ordinal);
        page.Problem = "db.internal refused user dialer";
        Assert.Contains("refused user dialer", await Says(http, passedOnFor: null), StringComparison.Ordinal);
        var told = await Says(http, "203.0.113.7");
        Assert.DoesNotContain("dialer", told, StringComparison.Ordinal);
        Assert.Contains("does not reach the database", told, StringComparison.Ordinal);
    }

    static async Task<string> Says(HttpClient http, string? passedOnFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        if (passedOnFor is not null) request.Headers.Add("X-Forwarded-For", passedOnFor);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
