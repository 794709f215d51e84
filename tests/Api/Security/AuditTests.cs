using System.Net;
using System.Text.Json.Nodes;
using Carillon.Storage;

namespace Carillon.Api.Tests.Security;

public sealed class AuditTests(TestNode node) : IClassFixture<TestNode>
{
    /// <summary>They ask, and change nothing.</summary>
    static readonly string[] OnlyAsks = ["POST /api/v1/campaigns/{id}/what-if", "POST /api/v1/lists/preview"];

    [Fact]
    public async Task Whatever_is_changed_stands_in_the_audit_log_with_who_and_from_where_and_without_a_secret()
    {
        var world = await GroupWorld.Make(node);
        // What ends a session, or what others need, comes last.
        foreach (var operation in (await Operation.All(node)).Where(o => o.Changes && !OnlyAsks.Contains($"{o}")).OrderBy(o => o.Path.StartsWith("/api/v1/session", StringComparison.Ordinal)).ThenBy(o => o.Method == HttpMethod.Delete).ThenBy(o => o.Method == HttpMethod.Put))
        {
            var before = await Newest();
            var client = operation.Path.StartsWith("/api/v1/session", StringComparison.Ordinal) ? world.Session : world.Client;
            using var answer = await client.SendAsync(world.Request(operation));
            Assert.True(answer.IsSuccessStatusCode, $"{operation} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");

            var entries = (await node.Service<AuditStore>().ListAsync(new() { Limit = 1000 })).Where(e => e.Id > before).ToList();
            Assert.True(entries.Count > 0, $"{operation} is not in the audit log.");
            Assert.All(entries, e => Assert.Equal(($"{operation}", true, "127.0.0.1", true), ($"{operation}", e.User is not null, e.Address, e.Target is not null)));
        }
        var all = await node.Service<AuditStore>().ListAsync(new() { Limit = 100_000 });
        Assert.All(all, e => Assert.DoesNotContain("hush-hush", $"{e}", StringComparison.Ordinal));
        Assert.All(all, e => Assert.DoesNotContain("carillon_", $"{e}", StringComparison.Ordinal));
    }

    async Task<long> Newest() => (await node.Service<AuditStore>().ListAsync(new() { Limit = 1 })).Select(e => e.Id).FirstOrDefault();

    [Fact]
    public async Task Who_tries_wrong_passwords_and_keys_stands_in_the_audit_log()
    {
        await node.Nobody().Post("/session", new { login = "admin", password = "not the password" }).Expect(HttpStatusCode.Unauthorized);
        var liar = node.WithKey("carillon_" + new string('1', 64));
        // Nobody said that a proxy is to be believed.
        liar.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await liar.Get("/campaigns").Expect(HttpStatusCode.Unauthorized);
        var client = await node.Administrator();
        foreach (var action in new[] { "sign-in-failed", "key-refused" })
        {
            var entry = Assert.Single((await client.Get($"/audit?action={action}").Json())["items"]!.AsArray());
            Assert.Equal("127.0.0.1", entry!["address"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_list_that_breaks_off_stands_in_the_audit_log_with_what_it_brought()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        using var form = new MultipartFormDataContent("edge");
        var cut = new StringContent("--edge\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.csv\"\r\n\r\n+74955550123\n", new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data"));
        cut.Headers.ContentType!.Parameters.Add(new("boundary", "edge"));
        using var answer = await client.PostAsync($"/api/v1/campaigns/{campaign}/leads/import", cut);
        Assert.False(answer.IsSuccessStatusCode);
        var entry = Assert.Single((await client.Get($"/audit?action=import-leads&target={campaign}").Json())["items"]!.AsArray());
        Assert.False(entry!["detail"]!["whole"]!.GetValue<bool>());
    }
}
