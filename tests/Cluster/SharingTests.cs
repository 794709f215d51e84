using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Network;

namespace Carillon.Cluster.Tests;

/// <summary>Whoever talks to one node may go on with another.</summary>
[Collection(PostgresCollection.Name)]
public class SharingTests(Postgres postgres)
{
    [Fact]
    public async Task Sessions_keys_idempotency_lock_outs_and_live_events_are_those_of_the_cluster()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 1, agents: 1));
        // At once, on a database that nobody has used yet.
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => center.Add(InnerNode.Start(center))));

        // A browser keeps one cookie for all ports of a machine.
        var cookies = new CookieContainer();
        using var first = Browser(nodes[0].Url, cookies);
        using var second = Browser(nodes[1].Url, cookies);
        (await first.PostAsJsonAsync("/api/v1/session", new { login = "admin", password = Center.AdminPassword })).EnsureSuccessStatusCode();
        Assert.Equal("admin", (await second.GetFromJsonAsync<JsonElement>("/api/v1/session")).GetProperty("login").GetString());

        first.DefaultRequestHeaders.Add("Idempotency-Key", "one of a kind");
        second.DefaultRequestHeaders.Add("Idempotency-Key", "one of a kind");
        var group = await Made(first);
        Assert.Equal(group, await Made(second));
        Assert.Single((await second.GetFromJsonAsync<JsonElement>("/api/v1/groups")).EnumerateArray());

        // Without a lead to talk to it would have finished before anybody looks.
        await center.AddLeads("100203", 1);
        using var events = new StreamReader(await second.GetStreamAsync("/api/v1/events"));
        await nodes[0].Campaign("start");
        await UntilHeard(events, line => line.StartsWith("data:", StringComparison.Ordinal) && line.Contains("\"Running\"", StringComparison.Ordinal));

        // The store locks a login that is known, wherever the wrong passwords came from.
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(nodes[i % 2], "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignIn(nodes[0], Center.AdminPassword));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignIn(nodes[1], Center.AdminPassword));
    }

    static HttpClient Browser(Uri node, CookieContainer cookies) =>
        new(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = node, DefaultRequestHeaders = { { "X-Requested-With", "test" } } };

    static async Task<string> Made(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/groups", new { name = "Moscow" });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    static async Task<HttpStatusCode> SignIn(InnerNode node, string password)
    {
        using var client = Browser(node.Url, new());
        return (await client.PostAsJsonAsync("/api/v1/session", new { login = "admin", password })).StatusCode;
    }

    static async Task UntilHeard(StreamReader events, Func<string, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await events.ReadLineAsync(limit.Token) is { } line)
            if (wanted(line)) return;
        Assert.Fail("The stream ended.");
    }
}
