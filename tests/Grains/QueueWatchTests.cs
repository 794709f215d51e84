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

    [Fact]
    public async Task What_is_wrong_with_a_queue_names_its_servers_as_people_do()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        var servers = dialer.Get<ConfigStore<Servers.ServerConfig>>();
        var pbx1 = (await servers.GetAsync("pbx1"))!;
        await servers.UpdateAsync("pbx1", pbx1.Config with { Name = "Moscow 1" }, pbx1.Version);
        var wrong = new QueueId("wrong");
        await dialer.Get<ConfigStore<Queues.QueueConfig>>().InsertAsync(wrong.Value, new() { Name = "wrong", AsteriskName = "nosuch", Servers = [new("pbx1")] });
        await dialer.Grains.Queue(wrong).ConfigChanged();
        var seen = await Dialer.Until(() => dialer.Grains.Queue(wrong).GetSnapshot(), q => q.Problem?.StartsWith("there is no queue", StringComparison.Ordinal) == true);
        Assert.StartsWith("there is no queue 'nosuch' on Moscow 1: ", seen.Problem, StringComparison.Ordinal);
    }
}
