using System.Diagnostics;
using System.Net;
using Carillon.Network;
using Carillon.Silo;
using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Api.Tests.Running;

/// <summary>A test that needs the programs of PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PrivatePostgres.FindPrograms() is null) Skip = "PostgreSQL is not installed (no initdb): apt-get install postgresql.";
    }
}

/// <summary>docs/backup.md, carried out: a copy is made while a campaign dials, the node dials on, is lost, and another one goes on from the copy.</summary>
public sealed class BackupTests
{
    const int Leads = 120;

    [Fact]
    public async Task From_a_copy_of_SQLite_made_at_work_a_node_goes_on_and_calls_nobody_again_whom_the_copy_knows()
    {
        var restored = Directory.CreateTempSubdirectory("carillon-restored-");
        try
        {
            await BackUpAndRestore([], async node =>
            {
                await using var database = new SqliteConnection($"Data Source={Path.Combine(node.Folder.FullName, "carillon.db")};Mode=ReadOnly;Pooling=False");
                await database.OpenAsync();
                await using var copy = database.CreateCommand();
                copy.CommandText = $"VACUUM INTO '{Path.Combine(restored.FullName, "carillon.db")}'";
                await copy.ExecuteNonQueryAsync();
            }, () => Task.FromResult<string[]>([]), restored.FullName);
        }
        finally
        {
            restored.Delete(recursive: true);
        }
    }

    [PostgresFact]
    public async Task From_a_dump_of_PostgreSQL_made_at_work_a_node_goes_on_and_calls_nobody_again_whom_the_dump_knows()
    {
        var restored = Directory.CreateTempSubdirectory("carillon-restored-");
        await using var postgres = await PrivatePostgres.StartAsync("fsync=off");
        try
        {
            var dump = Path.Combine(restored.FullName, "carillon.dump");
            await BackUpAndRestore(["--storage", postgres.ConnectionString()], _ => Run(postgres, "pg_dump", "-Fc", "-f", dump, "postgres"), async () =>
            {
                await Run(postgres, "createdb", "again");
                await Run(postgres, "pg_restore", "--exit-on-error", "-d", "again", dump);
                return ["--storage", postgres.ConnectionString("again")];
            }, restored.FullName);
        }
        finally
        {
            restored.Delete(recursive: true);
        }
    }

    static async Task Run(PrivatePostgres postgres, string program, params string[] args)
    {
        var host = postgres.ConnectionString().Split(';')[0].Split('=')[1];
        var start = new ProcessStartInfo(Path.Combine(PrivatePostgres.FindPrograms()!, program)) { Environment = { ["PGPASSWORD"] = PrivatePostgres.Password } };
        foreach (var arg in (string[])["-h", host, "-U", PrivatePostgres.User, .. args]) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    static async Task BackUpAndRestore(string[] settings, Func<RunningNode, Task> backUp, Func<Task<string[]>> restore, string data)
    {
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 20) with { Fates = new() { ByPrefix = false }, Speed = 20 }, null, settings);
        var campaign = await node.Campaign();
        await node.Import(campaign, string.Concat(Enumerable.Range(1_000_000, Leads).Select(n => $"+7495{n}\n")));
        await node.StartCampaign(campaign);
        await RunningNode.Until(() => Task.FromResult(node.Network.Log.Ended >= 30));
        await backUp(node);
        var placed = node.Network.Log.Placed;
        await RunningNode.Until(() => Task.FromResult(node.Network.Log.Placed >= placed + 30));
        await node.App.StopAsync();
        // What was dialed since the copy was made no database knows: its calls must have ended before the copy goes to work.
        await RunningNode.Until(() => Task.FromResult(node.Network.Log.Calls.All(c => c.Ended is not null)));

        await using var app = Node.Create(["--data", data, "--port", "0", .. await restore()]);
        var attempts = app.Services.GetRequiredService<AttemptStore>();
        var known = (await attempts.ListAsync(new() { EndedOnly = false, Limit = 10_000 })).Select(a => a.Intent.Number.Digits).ToHashSet();
        Assert.InRange(known.Count, 30, Leads - 1);
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = new(app.Urls.Single()) };
        await client.Post("/session", new { login = "admin", password = TestNode.AdminPassword }).Expect(HttpStatusCode.OK);
        await RunningNode.Until(async () => (await client.Get($"/campaigns/{campaign}/progress").Json())["status"]!.GetValue<string>() == "Finished");

        var calls = node.Network.Log.Calls.ToLookup(c => c.Number);
        Assert.Equal(Leads, calls.Count);
        Assert.All(calls, number => Assert.InRange(number.Count(), 1, known.Contains(number.Key) ? 1 : 2));
        foreach (var number in calls)
            foreach (var (before, after) in number.OrderBy(c => c.Placed).Zip(number.OrderBy(c => c.Placed).Skip(1))) Assert.True(before.Ended <= after.Placed, $"{number.Key} was in two calls at once.");
        Assert.Empty(await attempts.ListOpenAsync(new CampaignId(campaign)));
        await app.StopAsync();
    }
}
