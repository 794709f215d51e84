using Carillon.Agents;
using Carillon.Network;
using Carillon.Queues;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

public class QueueWatchTests
{
    [Fact]
    public async Task A_queue_that_is_added_while_its_server_is_online_sees_agents_become_busy()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2));
        var late = new QueueId("late");
        await Dialer.Until(() => dialer.Grains.Queue(Dialer.Sales).GetSnapshot(), q => q.AgentsFree == 2);
        await dialer.Get<ConfigStore<Queues.QueueConfig>>().InsertAsync(late.Value, new() { Name = "late", AsteriskName = "sales", Servers = [new("pbx1")] });
        await dialer.Grains.Queue(late).ConfigChanged();

        dialer.Network.Agents[0].Pause("lunch");

        var seen = await Dialer.Until(() => dialer.Grains.Queue(late).GetSnapshot(), q => q.AgentsFree == 1);
        Assert.Equal(AgentStatus.Paused, seen.Agents.Single(a => a.Agent.Value == "PJSIP/9001").Status);
        var agent = await Dialer.Until(() => dialer.Grains.Agent(new("PJSIP/9001")).GetSnapshot(), a => a.Status == AgentStatus.Paused);
        Assert.Equal("lunch", agent.PausedReason);
    }
}
