using System.Net;

namespace Carillon.Api.Tests.Security;

public sealed class AnswerHeaderTests(TestNode node) : IClassFixture<TestNode>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/campaigns")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing/here")]
    public async Task Every_answer_good_or_bad_keeps_browsers_from_being_used(string path)
    {
        using var answer = await node.Nobody().GetAsync(path);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task What_the_API_tells_is_for_no_cache()
    {
        using var answer = await (await node.Administrator()).Get("/calls");
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }
}

public sealed class ProxyTests(ProxyTests.BehindAProxy node) : IClassFixture<ProxyTests.BehindAProxy>
{
    public sealed class BehindAProxy : TestNode
    {
        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Api:Proxies"] = "127.0.0.1, 10.0.0.0/8" };
    }

    HttpClient For(string forwarded)
    {
        var client = node.Nobody();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        return client;
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.8, 10.1.2.3", "203.0.113.8")]
    public async Task A_proxy_that_is_known_says_for_whom_it_asks_and_what_its_client_claims_is_not_believed(string forwarded, string expected)
    {
        await For(forwarded).Post("/session", new { login = "nobody-" + expected, password = "wrong password!" }).Expect(HttpStatusCode.Unauthorized);
        var entry = (await (await node.Administrator()).Get("/audit?action=sign-in-failed&limit=1").Json())["items"]![0]!;
        Assert.Equal(expected, entry["address"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("127.0.0.1")]
    public async Task What_is_for_this_machine_is_not_told_through_it(string forwarded) => await For(forwarded).GetAsync("/metrics").Expect(HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_cookie_of_a_sign_in_over_TLS_is_for_TLS_only()
    {
        var client = For("203.0.113.10");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await client.Post("/session", new { login = "admin", password = TestNode.AdminPassword });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }
}
