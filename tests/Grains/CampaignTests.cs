using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Storage;
using Orleans;

namespace Carillon.Grains.Tests;

public class CampaignTests
{
    [Fact]
    public async Task A_campaign_over_two_servers_ends_with_every_lead_final_and_every_call_recorded_once()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 10) with { Speed = 40 });
        var numbers = await dialer.AddLeads(200);

        Assert.True((await dialer.Grains.Campaign(Dialer.Spring).Start()).Accepted);
        var end = await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(0, end.LeadsLeft);
        Assert.Equal(0, end.Dialing + end.Ringing + end.Waiting + end.Talking);
        var leads = await dialer.Get<LeadStore>().ListAsync(Dialer.Spring, new() { Limit = 1000 });
        Assert.All(leads, l => Assert.Equal(1, l.Attempts));
        Assert.All(leads, l => Assert.Null(l.NextAt));
        var records = await dialer.Get<AttemptStore>().ListAsync(new() { Limit = 1000 });
        Assert.Equal(numbers.Length, records.Count);
        Assert.DoesNotContain(records, r => r.Outcome == Outcome.Unknown);
        Assert.Equal(0, dialer.Network.ActiveCalls);
    }
}
