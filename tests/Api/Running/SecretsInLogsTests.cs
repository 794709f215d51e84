using System.Net;
using System.Text.RegularExpressions;
using Carillon.Network;

namespace Carillon.Api.Tests.Running;

public sealed partial class SecretsInLogsTests
{
    const string WrongSecret = "not-what-asterisk-knows", WrongPassword = "guessed by somebody", GivenPassword = "given out on paper once";

    /// <summary>Also those of the framework, whose lines nobody sees unless they ask for them.</summary>
    [Fact]
    public async Task No_line_of_the_log_down_to_Trace_holds_a_secret_a_password_a_key_a_cookie_or_the_proof_of_an_AMI_login()
    {
        var lines = new LogLines();
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 }, builder => lines.Watch(builder, null));
        await node.Client.Post("/session", new { login = "admin", password = WrongPassword }).Expect(HttpStatusCode.Unauthorized);
        var cookie = await Cookie(node);
        await node.Create("users", new { config = new { login = "vera", role = "Administrator" }, password = GivenPassword });
        var key = (await node.Client.Post("/keys", new { name = "script" }).Json(HttpStatusCode.Created))["key"]!.GetValue<string>();
        var wrongKey = key[..^4] + "beef";
        await With(node, key, HttpStatusCode.OK);
        await With(node, wrongKey, HttpStatusCode.Unauthorized);

        var wrong = await node.Create("servers", new { name = "pbx2", host = "127.0.0.1", port = node.Wire.Port, username = "dialer", secret = WrongSecret, channels = 10, callsPerSecond = 5 });
        await RunningNode.Until(async () => (await node.Client.Get($"/servers/{wrong}/snapshot").Json())["problem"] is not null);
        var campaign = await node.Campaign();
        await node.Import(campaign, string.Concat(Enumerable.Range(1_000_000, 100).Select(n => $"+7495{n}\n")));
        await node.StartCampaign(campaign);
        await RunningNode.Until(() => Task.FromResult(node.Network.Log.Ended >= 5));

        var proofs = node.Wire.Sent.SelectMany(sent => Proof().Matches(sent)).Select(m => m.Groups[1].Value).ToList();
        Assert.True(proofs.Count >= 3, "An event connection, one for actions, and the one that was refused have signed in.");
        Assert.Contains(lines.All, line => line.Contains("AMI 127.0.0.1", StringComparison.Ordinal) && line.Contains("is connected", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("AMI 127.0.0.1", StringComparison.Ordinal) && line.Contains("is not connected", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.Contains("/api/v1/keys", StringComparison.Ordinal));
        foreach (var secret in (string[])["dialer-secret", WrongSecret, TestNode.AdminPassword, WrongPassword, GivenPassword, cookie, key, wrongKey, .. proofs])
            Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value of a session's cookie with which a request was answered.</summary>
    static async Task<string> Cookie(RunningNode node)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = node.Address };
        using var opened = await client.Post("/session", new { login = "admin", password = TestNode.AdminPassword });
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie")).Split(';')[0];
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        await client.Get("/session").Expect(HttpStatusCode.OK);
        return cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..];
    }

    static async Task With(RunningNode node, string key, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = node.Address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        await client.Get("/session").Expect(expected);
    }

    [GeneratedRegex(@"^Key: (\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Proof();
}
