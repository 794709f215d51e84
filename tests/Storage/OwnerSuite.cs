using Carillon.Campaigns;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_owners() : OwnerSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_owners(PostgresServer server) : OwnerSuite(new PostgresStore(server));

/// <summary>Who owns a server, and what an earlier owner can still write.</summary>
public abstract class OwnerSuite(TestStore store) : StoreSuite(store)
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    ServerOwnerStore Owners => new(Db);

    ProtectionKeyStore Keys => new(Db);

    [StoreFact]
    public async Task Each_owner_gets_the_next_epoch_and_is_told_how_long_the_one_before_may_go_on()
    {
        Assert.Equal(new(1, TimeSpan.Zero), await Owners.TakeAsync(Server, "a", Lease));
        Assert.Equal(new(2, Lease), await Owners.TakeAsync(Server, "b", TimeSpan.FromSeconds(5)));
        Assert.Equal(new(3, TimeSpan.FromSeconds(5)), await Owners.TakeAsync(Server, "a", Lease));
        Assert.Equal(3, (await Owners.EpochsAsync([Server, new("west")]))[Server]);
    }

    [StoreFact]
    public async Task Who_has_given_a_server_back_need_not_be_waited_for_unless_somebody_has_taken_it_since()
    {
        await Owners.TakeAsync(Server, "a", Lease);
        await Owners.ReleaseAsync(Server, 1);
        Assert.Equal(new(2, TimeSpan.Zero), await Owners.TakeAsync(Server, "b", Lease));

        await Owners.ReleaseAsync(Server, 1);

        Assert.Equal(new(3, Lease), await Owners.TakeAsync(Server, "c", Lease));
    }

    [StoreFact]
    public async Task After_a_fence_no_intent_begins_until_somebody_takes_the_server_who_need_not_wait_once_it_is_released()
    {
        var (epoch, _) = await Owners.TakeAsync(Server, "a", Lease);
        var (before, after) = (Intent(await AddLeadAsync(1)) with { ServerEpoch = epoch }, Intent(await AddLeadAsync(2)) with { ServerEpoch = epoch });
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(before));
        Assert.True(await Owners.FenceAsync(Server, epoch));
        Assert.Equal([BeginResult.ServerMoved], await TryBeginAsync(after));
        Assert.False(await Owners.FenceAsync(Server, epoch));

        await Owners.ReleaseAsync(Server, epoch + 1);
        Assert.Equal(new(epoch + 2, TimeSpan.Zero), await Owners.TakeAsync(Server, "b", Lease));
        Assert.False(await Owners.FenceAsync(Server, epoch + 1));
        Assert.Equal(epoch + 2, (await Owners.EpochsAsync([Server]))[Server]);
    }

    [StoreFact]
    public async Task Of_many_who_take_a_server_at_once_each_has_an_epoch_of_its_own()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Owners.TakeAsync(Server, $"{i}", Lease)));
        Assert.Equal(Enumerable.Range(1, 10).Select(e => (long)e), taken.Select(t => t.Epoch).Order());
    }

    [StoreFact]
    public async Task An_intent_of_an_earlier_owner_is_refused_and_its_lead_is_as_before()
    {
        var (epoch, _) = await Owners.TakeAsync(Server, "a", Lease);
        var (first, second) = (await AddLeadAsync(1), await AddLeadAsync(2));
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(first) with { ServerEpoch = epoch }));

        await Owners.TakeAsync(Server, "b", Lease);

        var late = Intent(second) with { ServerEpoch = epoch };
        Assert.Equal([BeginResult.ServerMoved], await TryBeginAsync(late));
        Assert.Equal(second, await ReadAsync(second));
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(late with { ServerEpoch = epoch + 1 }));
        Assert.Equal([BeginResult.ServerMoved], await TryBeginAsync(Intent(await AddLeadAsync(3), new("west")) with { ServerEpoch = 1 }));
    }

    [StoreFact]
    public async Task Where_other_nodes_may_be_an_intent_of_an_earlier_activation_of_the_campaign_is_refused()
    {
        var campaigns = new CampaignStatusStore(Db);
        var lead = await AddLeadAsync(1);
        if (!Owners.IsShared)
        {
            Assert.Null(await campaigns.TakeAsync(Campaign));
            return;
        }
        Assert.Equal(1, await campaigns.TakeAsync(Campaign));
        Assert.Equal(2, await campaigns.TakeAsync(Campaign));

        Assert.Equal([BeginResult.CampaignMoved], await TryBeginAsync(Intent(lead) with { CampaignEpoch = 1 }));
        Assert.Equal(lead, await ReadAsync(lead));
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(Intent(lead) with { CampaignEpoch = 2 }));
    }

    [StoreFact]
    public async Task A_status_of_an_earlier_activation_of_the_campaign_is_not_written()
    {
        var campaigns = new CampaignStatusStore(Db);
        var earlier = await campaigns.TakeAsync(Campaign);
        Assert.True(await campaigns.SetAsync(Campaign, CampaignStatus.Running, Now, earlier));
        var owner = await campaigns.TakeAsync(Campaign);

        var late = await campaigns.SetAsync(Campaign, CampaignStatus.Finished, epoch: earlier);

        Assert.Equal(!Owners.IsShared, late);
        if (!Owners.IsShared) return;
        Assert.Equal(CampaignStatus.Running, (await campaigns.GetAsync(Campaign))!.Status);
        Assert.True(await campaigns.SetAsync(Campaign, CampaignStatus.Paused, epoch: owner));
        Assert.Equal(CampaignStatus.Paused, (await campaigns.GetAsync(Campaign))!.Status);
    }

    [StoreFact]
    public async Task Whoever_takes_a_campaign_reads_the_last_status_of_the_one_before_or_it_is_never_written()
    {
        var campaigns = new CampaignStatusStore(Db);
        var earlier = await campaigns.TakeAsync(Campaign);
        if (earlier is null) return;

        var writing = Enum.GetValues<CampaignStatus>().SelectMany(s => Enumerable.Repeat(s, 8)).Select(s => campaigns.SetAsync(Campaign, s, epoch: earlier)).ToList();
        await campaigns.TakeAsync(Campaign);
        var found = await campaigns.GetAsync(Campaign);

        await Task.WhenAll(writing);
        Assert.Equal(found, await campaigns.GetAsync(Campaign));
    }

    [StoreFact]
    public async Task Whoever_takes_a_server_finds_every_intent_of_the_owner_before_or_it_is_never_written()
    {
        await Owners.TakeAsync(Server, "a", Lease);
        var leads = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => AddLeadAsync(n)));

        var writing = leads.Select(l => TryBeginAsync(Intent(l) with { ServerEpoch = 1 })).ToList();
        await Owners.TakeAsync(Server, "b", Lease);
        var found = await Attempts.ListOpenAsync(Server);

        var begun = (await Task.WhenAll(writing)).Count(r => r[0] == BeginResult.Begun);
        Assert.Equal(begun, found.Count);
    }

    [StoreFact]
    public async Task Of_nodes_that_make_a_protection_key_at_the_same_time_one_does()
    {
        var since = Now - TimeSpan.FromMinutes(1);
        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Keys.AddAsync($"<key id='{i}'/>", since)));
        Assert.Single(stored, s => s);
        Assert.True(await Keys.AddAsync("<revocation/>", null));

        Time.Advance(TimeSpan.FromMinutes(2));

        Assert.True(await Keys.AddAsync("<key id='next'/>", Now - TimeSpan.FromMinutes(1)));
        Assert.Equal(["<revocation/>", "<key id='next'/>"], (await Keys.ListAsync())[1..]);
    }
}
