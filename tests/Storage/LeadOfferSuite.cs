using Carillon.Calls;
using Carillon.Leads;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_lead_offers() : LeadOfferSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_lead_offers(PostgresServer server) : LeadOfferSuite(new PostgresStore(server));

public abstract class LeadOfferSuite(TestStore store) : StoreSuite(store)
{
    LeadOfferStore Offers => new(Db);

    LeadOffer Offer(Lead lead, string agent) => new(lead, new(agent), Server, agent, Now, Now.AddSeconds(30));

    [StoreFact]
    public async Task Of_many_offers_of_one_lead_at_once_one_stands()
    {
        var lead = await AddLeadAsync(1);

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Offers.AddAsync(Offer(lead, $"PJSIP/{i}")))));

        Assert.Single(added, a => a);
        Assert.Equal(added.ToList().IndexOf(true), int.Parse(Assert.Single(await Offers.ListAsync(Campaign)).Interface[6..], null));
        Assert.Empty(await Offers.ListAsync(OtherCampaign));
    }

    [StoreFact]
    public async Task An_offer_comes_back_as_it_was_until_it_is_removed()
    {
        var offer = Offer(await AddLeadAsync(1), "PJSIP/9001");
        Assert.True(await Offers.AddAsync(offer));

        var found = Assert.Single(await Offers.ListAsync(Campaign));
        await Offers.RemoveAsync([offer.Lead.Id]);

        Assert.Equal((offer.Lead.Id, offer.Agent, offer.Server, offer.Interface, offer.OfferedAt, offer.DialAt), (found.Lead.Id, found.Agent, found.Server, found.Interface, found.OfferedAt, found.DialAt));
        Assert.Empty(await Offers.ListAsync(Campaign));
    }

    [StoreFact]
    public async Task A_lead_that_was_dialed_or_is_not_due_cannot_be_offered_and_an_offer_of_before_is_gone()
    {
        var (dialed, later) = (await AddLeadAsync(1), (await Leads.AddAsync(Campaign, Number(2), dialAt: Now.AddHours(1)))!);
        Assert.True(await Offers.AddAsync(Offer(dialed, "PJSIP/9001")));
        var intent = await BeginAsync(dialed);

        Assert.False(await Offers.AddAsync(Offer(later, "PJSIP/9002")));
        Assert.Empty(await Offers.ListAsync(Campaign));
        await Attempts.CompleteAsync(Ended(intent), new LeadChange { Status = LeadStatus.Unanswered, NextAt = Now, AttemptsSinceAnswer = 0 });
        Assert.False(await Offers.AddAsync(Offer(dialed, "PJSIP/9001")));
        Assert.True(await Offers.AddAsync(Offer(await ReadAsync(dialed), "PJSIP/9001")));
    }

    [StoreFact]
    public async Task A_skipped_lead_rests_and_is_excluded_after_the_last_skip()
    {
        var lead = await AddLeadAsync(1);
        await Offers.AddAsync(Offer(lead, "PJSIP/9001"));

        await Offers.SkipAsync(lead.Id, Now.AddMinutes(15), 2, "not now");
        var first = await ReadAsync(lead);
        await Offers.SkipAsync(lead.Id, Now.AddMinutes(15), 2, "never");

        Assert.Equal((LeadStatus.New, Now.AddMinutes(15), 1), (first.Status, first.NextAt!.Value, first.Tries.Skips));
        Assert.Equal((LeadStatus.Excluded, null, "Skipped 2 times, at last: never"), ((await ReadAsync(lead)).Status, (await ReadAsync(lead)).NextAt, (await ReadAsync(lead)).ExcludedBecause));
        Assert.Empty(await Offers.ListAsync(Campaign));
        await CountsMatchRowsAsync(Campaign);
    }

    [StoreFact]
    public async Task For_whom_a_call_is_placed_is_kept_with_its_intent()
    {
        var intent = Intent(await AddLeadAsync(1)) with { For = new("PJSIP/9001") };

        Assert.Equal([BeginResult.Begun], await TryBeginAsync(intent));

        Assert.Equal(intent.For, (await Attempts.GetAsync(intent.Id))!.Intent.For);
    }
}
