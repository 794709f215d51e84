using Carillon.Calls;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_retention() : RetentionSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_retention(PostgresServer server) : RetentionSuite(new PostgresStore(server));

/// <summary>Old call records go, a few at a time.</summary>
public abstract class RetentionSuite(TestStore store) : StoreSuite(store)
{
    [StoreFact]
    public async Task The_oldest_records_go_first_and_no_more_than_asked_at_once()
    {
        var all = new List<Attempt>();
        for (var i = 0; i < 5; i++)
        {
            all.Add(await RecordAsync(i, Campaign, Outcome.Busy));
            Time.Advance(TimeSpan.FromDays(1));
        }
        var before = all[3].Intent.At;
        Assert.Equal(2, await Attempts.RemoveOldestAsync(before, 2));
        Assert.Equal([all[4], all[3], all[2]], await Attempts.ListAsync(new()));
        Assert.Equal(1, await Attempts.RemoveOldestAsync(before, 2));
        Assert.Equal(0, await Attempts.RemoveOldestAsync(before, 2));
        Assert.Equal([all[4], all[3]], await Attempts.ListAsync(new()));
    }

    [StoreFact]
    public async Task A_call_that_has_not_ended_stays_however_old_it_is()
    {
        var open = await BeginAsync(await AddLeadAsync(1));
        Time.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(0, await Attempts.RemoveOldestAsync(Now, 10));
        Assert.NotNull(await Attempts.GetAsync(open.Id));
    }

    [StoreFact]
    public async Task Records_of_one_moment_are_removed_once_each()
    {
        for (var i = 0; i < 4; i++) await RecordAsync(i, Campaign, Outcome.NoAnswer);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, await Attempts.RemoveOldestAsync(Now, 3));
        Assert.Equal(1, await Attempts.RemoveOldestAsync(Now, 3));
    }
}
