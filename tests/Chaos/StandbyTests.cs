using System.Net;
using System.Text.Json;
using Carillon.RealNode;
using Carillon.TestKit;
using Npgsql;

namespace Carillon.Chaos.Tests;

/// <summary>Two real nodes on one database: one works.</summary>
public sealed class StandbyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    const string OurLocks = "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    const string Holder = $"SELECT pid {OurLocks} AND granted";
    const string EndHolder = $"SELECT pg_terminate_backend(pid) {OurLocks} AND granted";

    readonly string _folder = Directory.CreateTempSubdirectory("carillon-pair-").FullName;

    Task<NodeProcess> Start(string name, params string[] more)
    {
        var environment = new Dictionary<string, string> { ["CARILLON_ADMIN_PASSWORD"] = Setup.Password, ["Logging__LogLevel__Default"] = "Warning" };
        return NodeProcess.StartAsync(["--data", Path.Combine(_folder, name), "--port", "0", .. more], environment, Path.Combine(_folder, name + ".log"), CancellationToken.None);
    }

    Task<NodeProcess> StartOnPostgres(string name, params string[] more) => Start(name, ["--storage", postgres.ConnectionString, .. more]);

    [PostgresFact]
    public async Task A_standby_says_that_it_waits_and_takes_over_when_the_node_at_work_is_killed()
    {
        await using var first = await StartOnPostgres("first");
        await using var second = await StartOnPostgres("second", "--standby", "true");

        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(second.StandbyUrl, "health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("standby", JsonSerializer.Deserialize<JsonElement>(await ready.Content.ReadAsStringAsync()).GetProperty("title").GetString());
        using var live = await http.GetAsync(new Uri(second.StandbyUrl, "health/live"));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.False(second.Listens.IsCompleted);

        first.KillAtOnce();

        var url = await second.Listens.WaitAsync(Wait.Patience);
        using var api = new NodeApi(url);
        await Setup.SignIn(api);
        await using var third = await StartOnPostgres("third", "--standby", "true");
        Assert.False(third.Listens.IsCompleted);
        Assert.Equal(0, await third.StopAsync());
    }

    [PostgresFact]
    public async Task A_standby_takes_over_from_a_node_that_stands_still_and_that_one_ends_when_it_wakes()
    {
        await using var first = await StartOnPostgres("first");
        await using var second = await StartOnPostgres("second", "--standby", "true");

        first.Freeze();
        await second.Listens.WaitAsync(Wait.Patience);
        first.Thaw();

        await first.Process.WaitForExitAsync().WaitAsync(Wait.Patience);
        Assert.Contains("another node's now", first.Errors, StringComparison.Ordinal);
        Assert.False(second.HasExited);
    }

    [PostgresFact]
    public async Task A_second_node_that_is_no_standby_is_refused_in_one_sentence()
    {
        await using var first = await StartOnPostgres("first");

        var refused = await Assert.ThrowsAsync<NodeRefused>(() => StartOnPostgres("second"));

        Assert.Single(refused.Message.Split('\n'));
        Assert.Contains("another node's", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--standby", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_node_whose_lock_has_gone_to_another_ends_at_once()
    {
        await using var node = await StartOnPostgres("first");
        await using var other = await Connect();
        await using var terminator = await Connect();

        // It waits in PostgreSQL's own line, and so is the next to have the lock that the node loses.
        var taken = Execute(other, $"SELECT pg_advisory_lock((classid::bigint << 32) | objid::bigint) {OurLocks}");
        await Until(terminator, $"SELECT count(*) > 0 {OurLocks} AND NOT granted");
        await Execute(terminator, EndHolder);
        await taken;

        await node.Process.WaitForExitAsync().WaitAsync(Wait.Patience);
        Assert.NotEqual(0, node.Process.ExitCode);
        Assert.Contains("another node's now", node.Errors, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_node_that_loses_its_session_and_gets_the_lock_again_works_on()
    {
        await using var node = await StartOnPostgres("first");
        await using var terminator = await Connect();
        var before = await Execute(terminator, Holder);

        await Execute(terminator, EndHolder);
        await Until(terminator, $"SELECT coalesce(({Holder}), {before}) <> {before}");

        using var api = new NodeApi(node.Url);
        await Setup.SignIn(api);
        Assert.False(node.HasExited);
        Assert.Equal(0, await node.StopAsync());
    }

    [Fact]
    public async Task A_second_node_on_one_SQLite_file_is_refused_and_a_standby_too()
    {
        await using var first = await Start("only");

        var refused = await Assert.ThrowsAsync<NodeRefused>(() => Start("only"));
        Assert.Contains("another node's", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<NodeRefused>(() => Start("only", "--standby", "true"));
        Assert.Contains("needs PostgreSQL", refused.Message, StringComparison.Ordinal);

        first.KillAtOnce();
        await first.Process.WaitForExitAsync();
        await using var next = await Start("only");
        Assert.False(next.HasExited);
    }

    async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }

    static Task Until(NpgsqlConnection connection, string condition) => Wait.Until(async () => await Execute(connection, condition) is true);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
