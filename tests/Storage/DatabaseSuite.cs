using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_database() : DatabaseSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_database(PostgresServer server) : DatabaseSuite(new PostgresStore(server));

public abstract class DatabaseSuite(TestStore store) : StoreSuite(store)
{
    [StoreFact]
    public async Task A_write_that_breaks_off_leaves_nothing_and_harms_no_other()
    {
        var writes = Enumerable.Range(0, 50).Select(i => Db.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO campaign_status (campaign_id, status, changed_at) VALUES (@Id, 'Stopped', 0)", new { Id = $"c{i}" });
            return i % 5 == 0 ? throw new InvalidOperationException("broke off") : i;
        })).ToArray();
        var failed = 0;
        foreach (var write in writes)
        {
            try { await write; }
            catch (InvalidOperationException) { failed++; }
        }
        Assert.Equal(10, failed);
        Assert.Equal(40, (await new CampaignStatusStore(Db).ListAsync()).Count);
    }

    [StoreFact]
    public async Task A_statement_that_fails_is_told_in_one_exception_with_the_database_named()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => Db.WriteAsync(s => s.ExecuteAsync("INSERT INTO nowhere VALUES (1)")));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        await AddLeadAsync(1);
    }

    [StoreFact]
    public async Task A_reader_sees_the_last_committed_state_while_a_write_is_in_progress()
    {
        await AddLeadAsync(1);
        using var inside = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var write = Task.Run(() => Db.WriteAsync(async s =>
        {
            await s.ExecuteAsync("DELETE FROM leads");
            inside.Release();
            // SQLite's writer has a thread of its own and may block it.
            go.Wait();
            return 0;
        }));
        await inside.WaitAsync();
        Assert.Single(await Leads.ListAsync(Campaign, new()));
        go.Release();
        await write;
        Assert.Empty(await Leads.ListAsync(Campaign, new()));
    }

    [StoreFact]
    public async Task What_was_written_is_there_after_opening_again()
    {
        var lead = await AddLeadAsync(1);
        var intent = await BeginAsync(lead);
        await using var again = Store.Open(Time);
        Assert.Equal(intent, Assert.Single(await new AttemptStore(again).ListOpenAsync(Server)).Intent);
    }

    [StoreFact]
    public async Task Closing_carries_out_what_is_queued_and_refuses_what_comes_later()
    {
        await Db.OpenAsync();
        var store = new CampaignStatusStore(Db);
        var writes = Enumerable.Range(0, 100).Select(i => store.SetAsync(new($"c{i}"), Campaigns.CampaignStatus.Stopped)).ToArray();
        if (Store is SqliteStore) await Db.DisposeAsync();
        await Task.WhenAll(writes);
        if (Store is not SqliteStore) await Db.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => store.SetAsync(new("late"), Campaigns.CampaignStatus.Stopped));

        await using var again = Store.Open(Time);
        Assert.Equal(100, (await new CampaignStatusStore(again).ListAsync()).Count);
    }

    [StoreFact]
    public async Task A_cancelled_write_is_not_begun()
    {
        await Db.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Leads.AddAsync(Campaign, Number(1), cancel: cancelled.Token));
        Assert.Empty(await Leads.ListAsync(Campaign, new()));
    }

    [StoreFact]
    public async Task Programs_that_start_at_once_migrate_once()
    {
        var databases = Enumerable.Range(0, 6).Select(_ => Store.Open(Time)).ToArray();
        await Task.WhenAll(databases.Select(d => Task.Run(() => d.OpenAsync())));
        Assert.Equal(0, await databases[5].ReadAsync(s => s.FirstAsync<long>("SELECT max(version) - count(*) FROM schema_version")));
        foreach (var database in databases) await database.DisposeAsync();
    }

    [StoreFact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_alone()
    {
        await Db.WriteAsync(s => s.ExecuteAsync("INSERT INTO schema_version (version, name, applied_at) VALUES (9999, 'future', 0)"));
        await using var older = Store.Open(Time);
        var error = await Assert.ThrowsAsync<StorageException>(() => older.OpenAsync());
        Assert.Contains("version 9999", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Everything_is_found_in_the_service_collection()
    {
        var services = new ServiceCollection().AddLogging().AddCarillonStorage(o => o.ConnectionString = Store.ConnectionString);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        Assert.Empty(await provider.GetRequiredService<UserStore>().ListAsync());
        Assert.Empty(await provider.GetRequiredService<ConfigStore<Campaigns.CampaignConfig>>().ListAsync());
    }
}
