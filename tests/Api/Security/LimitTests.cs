using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Carillon.Api.Tests.Security;

public sealed class LimitTests(LimitTests.SmallLists node) : IClassFixture<LimitTests.SmallLists>
{
    public sealed class SmallLists : TestNode
    {
        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Api:MaxImportLines"] = "3", ["Api:MaxImportBytes"] = "100000" };
    }

    async Task<(HttpClient Client, string Campaign)> Campaign()
    {
        var client = await node.Administrator();
        return (client, await (await Floor.Make(client)).Campaign(client));
    }

    [Theory]
    [InlineData("""{"name":"deep","rule":""", '}')]
    [InlineData("""{"name":"deep","laws":[""", ']')]
    public async Task A_body_that_is_nested_too_deeply_is_refused(string level, char end)
    {
        var deep = string.Concat(Enumerable.Repeat(level, 10_000)) + new string(end, 10_000);
        Assert.NotNull((await (await node.Administrator()).PostText("/contact-rules", deep).Json(HttpStatusCode.BadRequest))["errors"]);
    }

    [Theory]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":"x"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("""{"name":1e999999}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_of_rubbish_is_the_senders_fault(string body) =>
        Assert.NotNull((await (await node.Administrator()).PostText("/groups", body).Json(HttpStatusCode.BadRequest))["errors"]);

    [Fact]
    public async Task A_list_of_too_many_lines_or_bytes_is_refused_with_the_setting_that_allows_more()
    {
        var (client, campaign) = await Campaign();
        await client.PostText($"/campaigns/{campaign}/leads/import", "+74955550001\n+74955550002\n+74955550003\n", "text/plain").Expect(HttpStatusCode.OK);
        foreach (var path in new[] { $"/campaigns/{campaign}/leads/import", $"/campaigns/{campaign}/do-not-call/import", "/do-not-call/import" })
        {
            var lines = await client.PostText(path, "1\n2\n3\n4\n", "text/plain").Json(HttpStatusCode.RequestEntityTooLarge);
            Assert.Contains("Api:MaxImportLines", lines["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            await client.PostText(path, new string('1', 100_001), "text/plain").Expect(HttpStatusCode.RequestEntityTooLarge);
        }
    }

    [Fact]
    public async Task Progress_that_has_begun_ends_with_the_refusal()
    {
        var (client, campaign) = await Campaign();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/campaigns/{campaign}/leads/import") { Content = new StringContent("1\n2\n3\n4\n", new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv")) };
        request.Headers.Accept.Add(new("application/x-ndjson"));
        using var answer = await client.SendAsync(request);
        var last = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Contains("Api:MaxImportLines", JsonNode.Parse(last)!["problem"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Kestrel gives a body five seconds before it looks at how fast it comes.</summary>
    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        var key = await node.NewKey(Carillon.Users.Role.Administrator);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(node.Address.Host, node.Address.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/groups HTTP/1.1\r\nHost: {node.Address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.True(answer.Contains("too slowly", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task An_address_or_a_header_that_is_far_too_long_is_refused()
    {
        var client = await node.Administrator();
        using var answer = await client.GetAsync("/api/v1/calls?number=" + new string('7', 100_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        client.DefaultRequestHeaders.Add("X-Long", new string('x', 100_000));
        using var second = await client.GetAsync("/api/v1/calls");
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, second.StatusCode);
    }
}
