using Carillon.Campaigns;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_paces() : PaceSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_paces(PostgresServer server) : PaceSuite(new PostgresStore(server));

/// <summary>Why campaigns' paces were what they were.</summary>
public abstract class PaceSuite(TestStore store) : StoreSuite(store)
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    CampaignPaceStore Paces => new(Db);

    PaceMoment At(int minute, CampaignStatus status = CampaignStatus.Running) => new()
    {
        At = Now + TimeSpan.FromMinutes(minute),
        Placed = minute,
        Status = status,
        Mode = PacingMode.Predictive,
        Risk = 0.02,
        DetectionDelay = TimeSpan.FromSeconds(2.4),
        Why = $"Because of minute {minute}.",
    };

    Task<IReadOnlyList<PaceMoment>> Since(int minute) => Paces.ListAsync(Campaign, Now + TimeSpan.FromMinutes(minute));

    [StoreFact]
    public async Task Moments_are_read_as_they_were_written_from_the_one_that_held_when_the_time_began()
    {
        PaceMoment[] all = [At(0), At(20, CampaignStatus.Paused), At(50), At(51)];
        foreach (var moment in all) await Paces.AddAsync(Campaign, moment, Hour);
        await Paces.AddAsync(new("other"), At(30), Hour);

        Assert.Equal(all, await Since(-5));
        Assert.Equal(all[1..], await Since(20));
        Assert.Equal(all[1..], await Since(40));
        Assert.Equal(all[3..], await Since(90));
        Assert.Empty(await Paces.ListAsync(new("nobody"), Now));
    }

    [StoreFact]
    public async Task Each_moment_removes_those_that_did_not_hold_an_hour_ago_any_more_and_replaces_its_own_instant()
    {
        foreach (var minute in (int[])[0, 1, 2]) await Paces.AddAsync(Campaign, At(minute), Hour);
        await Paces.AddAsync(new("other"), At(0), Hour);
        await Paces.AddAsync(Campaign, At(61), Hour);
        await Paces.AddAsync(Campaign, At(61, CampaignStatus.Paused), Hour);

        Assert.Equal([At(1), At(2), At(61, CampaignStatus.Paused)], await Since(-500));
        // It stood still for long: that it did is what held.
        await Paces.AddAsync(Campaign, At(500), Hour);
        Assert.Equal([At(61, CampaignStatus.Paused), At(500)], await Since(-500));
        Assert.Single(await Paces.ListAsync(new("other"), Now));
    }

    [StoreFact]
    public async Task A_campaign_that_is_removed_leaves_none()
    {
        await Paces.AddAsync(Campaign, At(0), Hour);

        await new CampaignStatusStore(Db).RemoveAsync(Campaign);

        Assert.Empty(await Since(-5));
    }
}
