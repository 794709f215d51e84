using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Promise 9: whatever was not dialed can say why.</summary>
public class WhyTests
{
    static async Task<LeadWhy> Why(Dialer dialer, string number)
    {
        var lead = (await dialer.Get<LeadStore>().FindAsync(Dialer.Spring, new(number)))!;
        return (await dialer.Grains.Campaign(Dialer.Spring).WhyNot(lead.Id))!;
    }

    static async Task<WhyNotReason[]> Reasons(Dialer dialer, string number) => [.. (await Why(dialer, number)).Reasons.Select(r => r.Reason)];

    [Fact]
    public async Task Every_lead_of_a_campaign_says_what_it_waits_for()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1) with { Speed = 10 },
            c => c with { Contact = new() { Rule = new() { Caps = [new() { Calls = 1, Per = CapPeriod.Day, Rolling = true }] } } },
            s => s with { Unanswered = s.Unanswered with { Attempts = 2, Interval = TimeSpan.Zero } });
        await dialer.AddLeads("+1101000001", "+1001900001", "+1001900002", "+1001900003");
        await dialer.Get<DoNotCallStore>().AddAsync(new("+1001900003"), null, "by law", "test");
        Assert.Equal([WhyNotReason.CampaignNotRunning], await Reasons(dialer, "+1001900001"));
        Assert.Equal(2, (await Why(dialer, "+1001900002")).Ahead);

        await dialer.Start();
        // The busy one was called once and is due again at once; then the only agent talks to the second.
        await dialer.Until(p => p.Talking == 1);

        Assert.Equal([WhyNotReason.InCall], await Reasons(dialer, "+1001900001"));
        Assert.Equal([WhyNotReason.WaitsItsTurn], await Reasons(dialer, "+1001900002"));
        Assert.Equal([WhyNotReason.DoNotCall], await Reasons(dialer, "+1001900003"));
        await Dialer.Until(() => Reasons(dialer, "+1101000001"), r => r is [WhyNotReason.OverCap]);
        await dialer.Until(p => p.LeadsLeft == 1 && p.Talking == 0);
        Assert.Equal([WhyNotReason.Final], await Reasons(dialer, "+1001900003"));
        Assert.Null(await dialer.Grains.Campaign(Dialer.Spring).WhyNot(4711));
    }

    [Fact]
    public async Task A_number_in_a_call_of_another_campaign_says_so()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 10 });
        await dialer.AddLeads("+1001900001");
        var other = new CampaignId("other");
        var spring = (await dialer.Get<ConfigStore<CampaignConfig>>().GetAsync(Dialer.Spring.Value))!.Config;
        await dialer.Get<ConfigStore<CampaignConfig>>().InsertAsync(other.Value, spring with { Name = "Other" });
        await dialer.Get<LeadStore>().AddAsync(other, new("+1001900001"));

        await dialer.Grains.Campaign(other).Start();
        await Dialer.Until(() => dialer.Grains.Campaign(other).GetProgress(), p => p.Talking == 1);

        Assert.Equal([WhyNotReason.CampaignNotRunning, WhyNotReason.NumberInCall], await Reasons(dialer, "+1001900001"));
    }
}
