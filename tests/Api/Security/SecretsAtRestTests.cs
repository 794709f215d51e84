using System.Net;
using Carillon.Api.Access;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Tests.Security;

public sealed class SecretsAtRestTests(TestNode node) : IClassFixture<TestNode>
{
    Task<List<string>> Read(string sql) => node.Service<Database>().ReadAsync(s => s.QueryAsync<string>(sql));

    /// <summary>Every text that the database holds anywhere but in the configs of servers, whose secrets Asterisk wants to be told.</summary>
    async Task<List<string>> Everything()
    {
        var all = new List<string>();
        foreach (var table in await Read("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
        {
            var columns = await Read($"SELECT name FROM pragma_table_info('{table}')");
            foreach (var column in columns) all.AddRange(await Read($"SELECT CAST({column} AS text) FROM {table} WHERE {column} IS NOT NULL{(table == "config" ? " AND kind <> 'server'" : "")}"));
        }
        return all;
    }

    [Fact]
    public async Task No_key_and_no_password_can_be_read_out_of_the_database()
    {
        var client = await node.Administrator();
        var key = (await client.Post("/keys", new { name = "plain" }).Json(HttpStatusCode.Created))["key"]!.GetValue<string>();
        var repeated = (await client.Post("/keys", new { name = "repeated" }, "k").Json(HttpStatusCode.Created))["key"]!.GetValue<string>();
        await client.Post("/users", new { config = new { login = "vera", role = "Administrator" }, password = "the first of hers" }, "u").Expect(HttpStatusCode.Created);
        await client.Post("/servers", Floor.NewServer("pbx")).Expect(HttpStatusCode.Created);

        Assert.Contains(KeyAuthentication.Hash(key), await Read("SELECT hash FROM api_keys"));
        var all = await Everything();
        Assert.Contains(all, text => text.Contains("vera", StringComparison.Ordinal));
        foreach (var secret in new[] { key, repeated, "the first of hers", TestNode.AdminPassword, "s3cret-of-ami" })
            Assert.DoesNotContain(all, text => text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_not_given_again_and_nothing_is_done_twice()
    {
        var client = await node.Administrator();
        await client.Post("/keys", new { name = "once" }, "k").Expect(HttpStatusCode.Created);
        await client.Post("/keys", new { name = "once" }, "k").Expect(HttpStatusCode.Conflict);
        await client.Post("/keys", new { name = "another" }, "k").Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Single((await client.Get("/keys").Json()).AsArray(), k => k!["name"]!.GetValue<string>() == "once");
    }

    [Fact]
    public async Task A_request_with_a_password_can_still_be_repeated_under_its_key()
    {
        var client = await node.Administrator();
        var user = new { config = new { login = "twice", role = "Administrator" }, password = "the same each time" };
        var made = await client.Post("/users", user, "p").Json(HttpStatusCode.Created);
        Assert.Equal(made.Id(), (await client.Post("/users", user, "p").Json(HttpStatusCode.Created)).Id());
    }

    [Fact]
    public async Task A_secret_is_never_read_out_by_any_address()
    {
        var world = await GroupWorld.Make(node);
        foreach (var operation in (await Operation.All(node)).Where(o => !o.Changes && !o.Path.EndsWith("/events", StringComparison.Ordinal)))
        {
            using var answer = await world.Client.SendAsync(world.Request(operation));
            Assert.True((int)answer.StatusCode < 500, $"{operation} answered {answer.StatusCode}.");
            Assert.DoesNotContain("hush-hush", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Live_events_end_when_what_opened_them_holds_no_more()
    {
        var group = (await (await node.Administrator()).Post("/groups", new { name = "ending" }).Json(HttpStatusCode.Created)).Id();
        var client = await node.As(Role.Supervisor, [group]);
        using var answer = await client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        await using var events = await answer.Content.ReadAsStreamAsync();
        Assert.True(await events.ReadAsync(new byte[1]) > 0);

        var key = (await client.Get("/keys").Json()).AsArray().Single()!.Id();
        await client.Delete($"/keys/{key}").Expect(HttpStatusCode.NoContent);
        // The stream looks once in a heartbeat; until it ends, time goes on.
        var end = events.CopyToAsync(Stream.Null);
        while (!end.IsCompleted)
        {
            node.Time.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }
        await end;
    }
}
