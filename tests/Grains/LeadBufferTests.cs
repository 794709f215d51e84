using System.Collections.Immutable;
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

    /// <summary>The lists of the leads in the order in which they are dialed, each asked for alone.</summary>
    static async Task<string> DialOneByOne(LeadBuffer buffer, int count, LeadOrder order, LeadSieve sieve, DateTimeOffset now)
    {
        var dialed = new List<string>();
        while (dialed.Count < count)
        {
            await buffer.Fill(1, OpenColumns.Both, order, sieve, now);
            var lead = buffer.Take(_ => true)!;
            dialed.Add(lead.List);
            buffer.Rest(lead, DateTimeOffset.MaxValue);
        }
        return string.Join(" ", dialed);
    }

    [Theory]
    [InlineData(1, "a b a b a b a b")]
    [InlineData(3, "a b a a a b a a")]
    public async Task Lists_have_their_shares_also_if_a_call_at_a_time_finds_room(int share, string dialed)
    {
        var order = new LeadOrder { Lists = ImmutableDictionary<string, int>.Empty.Add("a", share).Add("b", 1) };
        await using var node = await GrainNode.Start();
        var (leads, sieve) = await Prepare(node);
        for (var i = 0; i < 10; i++)
            foreach (var list in (string[])["a", "b"]) await leads.AddAsync(Dialer.Spring, new($"+1001{list[0] - 'a'}0100{i}"), place: new() { List = list });

        Assert.Equal(dialed, await DialOneByOne(new(leads, Dialer.Spring), 8, order, sieve, DateTimeOffset.UtcNow.AddSeconds(1)));
    }

    [Fact]
    public async Task Lists_go_by_turns_if_nobody_gave_them_shares()
    {
        await using var node = await GrainNode.Start();
        var (leads, sieve) = await Prepare(node);
        for (var i = 0; i < 10; i++) await leads.AddAsync(Dialer.Spring, new($"+1001000100{i}"), place: new() { List = "a" });
        for (var i = 0; i < 3; i++) await leads.AddAsync(Dialer.Spring, new($"+1001010100{i}"), place: new() { List = "b" });

        Assert.Equal("a b a b a b a a", await DialOneByOne(new(leads, Dialer.Spring), 8, new(), sieve, DateTimeOffset.UtcNow.AddSeconds(1)));
    }

    [Fact]
    public async Task Whoever_was_promised_a_call_comes_before_all_lists_and_priorities_by_their_time()
    {
        await using var node = await GrainNode.Start();
        var (leads, sieve) = await Prepare(node);
        var now = DateTimeOffset.UtcNow.AddHours(2);
        async Task<long> Add(string number, LeadPlace place) => (await leads.AddAsync(Dialer.Spring, new(number), place: place))!.Id;
        await Add("+10010001001", new() { List = "a" });
        await Add("+10010001002", new() { List = "b", Priority = 9 });
        await Add("+10010001003", new() { List = "b", Agent = new("ann") });
        foreach (var (number, list, minutes) in ((string, string, int)[])[("+10010001004", "a", 3), ("+10010001005", "b", 4), ("+10010001006", "b", 5), ("+10010001007", "a", 6)])
            await leads.CallBackAsync(Dialer.Spring, await Add(number, new() { List = list }), now.AddMinutes(-60 + minutes));
        var buffer = new LeadBuffer(leads, Dialer.Spring);

        await buffer.Fill(10, OpenColumns.Both, new(), sieve, now);

        Assert.Equal("4 5 6 7 3 2 1", string.Join(" ", buffer.Next.Select(l => l.Number.Value[^1])));
    }

    [Fact]
    public async Task However_many_agents_look_at_leads_the_others_are_shown_those_behind()
    {
        await using var node = await GrainNode.Start();
        var (leads, sieve) = await Prepare(node);
        const int Agents = 1200;
        await node.AddLeads(Dialer.Spring, [.. Enumerable.Range(0, Agents).Select(i => $"+100100{i:0000}")]);
        var (buffer, now, shown) = (new LeadBuffer(leads, Dialer.Spring), DateTimeOffset.UtcNow.AddSeconds(1), new HashSet<long>());

        for (var agent = 0; agent < Agents; agent++)
        {
            await buffer.Fill(1, OpenColumns.Both, new(), sieve, now);
            var lead = buffer.Take(_ => true);
            Assert.True(lead is not null && shown.Add(lead.Id));
            buffer.Show(lead.Id);
        }

        await buffer.Fill(1, OpenColumns.Both, new(), sieve, now);
        Assert.Equal(0, buffer.Count);
        buffer.Wake(shown.First());
        await buffer.Fill(1, OpenColumns.Both, new(), sieve, now);
        Assert.Equal(shown.First(), buffer.Next.Single().Id);
    }
}
