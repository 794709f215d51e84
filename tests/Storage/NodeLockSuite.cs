namespace Carillon.Storage.Tests;

public sealed class Sqlite_node_lock() : NodeLockSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_node_lock(PostgresServer server) : NodeLockSuite(new PostgresStore(server))
{
    /// <summary>Its connection broke on our side, or PostgreSQL was slow to answer: there, the old session may live on for a while.</summary>
    [StoreFact]
    public async Task A_node_takes_the_lock_over_from_a_session_of_its_own_that_it_has_given_up()
    {
        await using var givenUp = await Db.TryLockAsync();

        await using var again = await Db.TryLockAsync();

        Assert.True(await again!.IsHeldAsync());
        Assert.False(await givenUp!.IsHeldAsync());
    }

    [StoreFact]
    public async Task Nodes_of_a_cluster_hold_the_lock_together_and_a_single_node_waits_for_all_of_them()
    {
        await using var second = Store.Open(Time);
        await using var single = Store.Open(Time);
        var one = await Db.TryLockAsync(shared: true);
        var other = await second.TryLockAsync(shared: true);

        Assert.Null(await single.TryLockAsync());
        await one!.DisposeAsync();
        Assert.Null(await single.TryLockAsync());
        await other!.DisposeAsync();
        await using var alone = await single.TryLockAsync();
        Assert.NotNull(alone);
        Assert.Null(await second.TryLockAsync(shared: true));
    }
}

public abstract class NodeLockSuite(TestStore store) : StoreSuite(store)
{
    [StoreFact]
    public async Task One_node_at_a_time_has_the_lock_and_the_next_has_it_when_it_is_given_back()
    {
        await using var other = Store.Open(Time);
        var held = await Db.TryLockAsync();

        Assert.Null(await other.TryLockAsync());
        Assert.True(await held!.IsHeldAsync());

        await held.DisposeAsync();
        await using var next = await other.TryLockAsync();
        Assert.NotNull(next);
    }

    [StoreFact]
    public async Task While_another_node_may_be_at_work_no_intent_is_taken()
    {
        var lead = await AddLeadAsync(1);
        Db.Tenure.Lose();

        var refused = await Assert.ThrowsAsync<StorageException>(async () => await Attempts.BeginAsync([Intent(lead)]));
        Assert.True(refused.IsTransient);
        Assert.Empty(await Attempts.ListOpenAsync(Server));

        Db.Tenure.Confirm(Time.GetTimestamp());
        Assert.Equal(BeginResult.Begun, (await Attempts.BeginAsync([Intent(lead)])).Single());
    }
}
