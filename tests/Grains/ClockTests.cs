using Carillon.Campaigns;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

/// <summary>The clock of the node's machine is set while a campaign runs.</summary>
public class ClockTests
{
    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_campaign_goes_on_when_the_clock_is_set(int hours)
    {
        var clock = new SetClock();
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 }, clock: clock);
        // The first one talks until it is hung up, so that the campaign runs all the while.
        await dialer.AddLeads("+10010000000", "+10010500001");
        await dialer.Start();
        await dialer.Until(p => p.Talking > 0 && p.Outcomes.Count > 0);

        clock.Offset = TimeSpan.FromHours(hours);
        await dialer.AddLeads("+10010500002", "+10010500003");
        await Wait.Until(() => Task.FromResult(dialer.Network.Log.Calls.Count == 4), async () => $"{await dialer.Grains.Campaign(Dialer.Spring).GetPace()}");
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
        Assert.Equal(4, (await dialer.Records()).Count);
    }

    /// <summary>Tells another time of day than the system's; what is measured between two moments is right.</summary>
    sealed class SetClock : TimeProvider
    {
        long _offset;

        public TimeSpan Offset { set => Interlocked.Exchange(ref _offset, value.Ticks); }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));
    }
}
