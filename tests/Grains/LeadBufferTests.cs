using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

public class LeadBufferTests
{
    static readonly CampaignConfig Config = new() { Name = "Spring", Schedule = Dialer.Always, Queue = Dialer.Sales, Trunks = [new("carrier")], Channels = 100 };

    /// <summary>A campaign that nobody runs: its buffer is looked at alone.</summary>
    static async Task<(LeadStore Leads, LeadSieve Sieve)> Prepare(GrainNode node)
    {
        await node.Configure(Dialer.Always.Value, GrainNode.Always);
        await node.Configure(Dialer.Sales.Value, new Queues.QueueConfig { Name = "sales", Servers = [new("pbx1")] });
        await node.Configure("carrier", new Servers.TrunkConfig { Name = "carrier", Server = new("pbx1"), DialString = "PJSIP/{number}@carrier", Channels = 1 });
        await node.Configure(Dialer.Spring.Value, Config);
        var (setup, problem) = await CampaignSetup.Load(Dialer.Spring, node.Get<Configs>());
        return (node.Get<LeadStore>(), new(Dialer.Spring, setup ?? throw new InvalidOperationException(problem), node.Get<SubscriberStore>()));
    }

    [Theory]
    [InlineData(DueOrder.LongestDue)]
    [InlineData(DueOrder.FreshFirst)]
    public async Task However_many_leads_wait_for_a_full_trunk_those_behind_them_have_their_turn_and_none_is_lost(DueOrder due)
    {
        var order = new LeadOrder { Due = due };
        await using var node = await GrainNode.Start();
        var (leads, sieve) = await Prepare(node);
        const int Waiting = LeadBuffer.MaxAside + 600;
        await node.AddLeads(Dialer.Spring, [.. Enumerable.Range(0, Waiting).Select(i => $"+100100{i:0000}"), "+1002010000"]);
        var now = DateTimeOffset.UtcNow.AddSeconds(1);
        var buffer = new LeadBuffer(leads, Dialer.Spring);

        // The clock stands still, so nobody comes back meanwhile: each look has to come further.
        for (var look = 0; look < 2 + Waiting / LeadBuffer.Capacity; look++)
        {
            await buffer.Fill(10, OpenColumns.Both, order, sieve, now);
            await buffer.SetAside(lead => lead.Number.Value.StartsWith("+1001", StringComparison.Ordinal), now);
        }

        await buffer.Fill(10, OpenColumns.Both, order, sieve, now);
        Assert.Equal(["+1002010000"], buffer.Next.Select(l => l.Number.Value));
        Assert.Equal(LeadBuffer.MaxAside, buffer.Aside);
        // Those who were put off say so, and are due again within the longest time.
        Assert.Equal(Waiting - LeadBuffer.MaxAside, (await leads.TakeDueAsync(Dialer.Spring, now + LeadBuffer.LongestPutOff, OpenColumns.Both, Waiting + 1)).Count(l => l.PutOff == PutOff.NoRoom));
        Assert.Equal(LeadBuffer.MaxAside + 1, (await leads.TakeDueAsync(Dialer.Spring, now, OpenColumns.Both, Waiting + 1)).Count);
    }
}
