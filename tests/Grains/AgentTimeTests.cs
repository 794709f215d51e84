using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Network;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

/// <summary>How agents spend their time, from what queues see to what is in the store.</summary>
public sealed class AgentTimeTests
{
    static readonly AgentId Ann = new("PJSIP/ann");

    readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddMinutes(-20);

    Task See(GrainNode node, string queue, double at, AgentStatus status, AgentState state, bool again = false, bool gone = false, string? reason = null) => node.Grains.Agent(Ann).Seen(new()
    {
        Queue = new(queue),
        Name = "Ann",
        Status = status,
        State = state,
        PausedReason = reason,
        At = _start.AddSeconds(at),
        Seats = gone ? [] : [new(new("pbx1"), Ann.Value)],
        Again = again,
    });

    static async Task<AgentTimeSums> Times(GrainNode node, AgentId agent)
    {
        await node.Get<AgentTimeBook>().Write();
        return await Read(node.Get<AgentTimeStore>(), agent);
    }

    static async Task<AgentTimeSums> Read(AgentTimeStore store, AgentId agent)
    {
        var now = TimeProvider.System.GetUtcNow();
        return (await store.SumsAsync(AgentTimeBy.Agent, [agent], now.AddDays(-1), now.AddDays(1))).SingleOrDefault();
    }

    static double AtWork(AgentTimeSums sums) => (sums.Free + sums.Ringing + sums.Talking + sums.WrappingUp + sums.Paused).TotalSeconds;

    [Fact]
    public async Task Each_moment_is_counted_once_however_many_queues_see_the_agent()
    {
        await using var node = await GrainNode.Start();
        await See(node, "sales", 0, AgentStatus.Available, AgentState.Idle);
        await See(node, "support", 1, AgentStatus.Available, AgentState.Idle);
        await See(node, "sales", 10, AgentStatus.Available, AgentState.Talking);
        // Support does not know that they talk, and what it tells again is nothing new.
        await See(node, "support", 20, AgentStatus.Available, AgentState.Idle, again: true);
        await See(node, "sales", 40, AgentStatus.Available, AgentState.WrapUp);
        await See(node, "sales", 45, AgentStatus.Paused, AgentState.Idle, reason: "lunch");
        await See(node, "support", 45.5, AgentStatus.Paused, AgentState.Idle, reason: "lunch");
        await See(node, "sales", 60, AgentStatus.LoggedOut, AgentState.Idle, gone: true);
        await See(node, "support", 60, AgentStatus.LoggedOut, AgentState.Idle, gone: true);
        await See(node, "sales", 70, AgentStatus.Available, AgentState.Idle);
        await See(node, "sales", 71, AgentStatus.Available, AgentState.Idle, again: true);

        // Available in any queue is available: they are paused once both say so.
        Assert.Equal(new(Ann.Value, Seconds(11.5), Seconds(0), Seconds(30), Seconds(5), Seconds(14.5)), await Times(node, Ann));
        static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
    }

    [Fact]
    public async Task What_a_queue_saw_that_was_lost_with_its_node_ends_with_what_was_last_known()
    {
        await using var node = await GrainNode.Start();
        await See(node, "sales", 0, AgentStatus.Available, AgentState.Talking);
        await See(node, "sales", 30, AgentStatus.Available, AgentState.Talking, again: true);
        await See(node, "support", 600, AgentStatus.Paused, AgentState.Idle);
        await See(node, "support", 610, AgentStatus.Paused, AgentState.Idle, again: true);
        var times = await Times(node, Ann);
        Assert.Equal((30, 10, 40), (times.Talking.TotalSeconds, times.Paused.TotalSeconds, AtWork(times)));
        Assert.Equal(AgentStatus.Paused, (await node.Grains.Agent(Ann).GetSnapshot()).Status);
    }

    [Fact]
    public async Task An_agent_who_does_nothing_is_at_work_too_and_no_time_is_counted_while_the_node_is_down()
    {
        var begun = TimeProvider.System.GetUtcNow();
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2));
        var (idle, paused) = (new AgentId("PJSIP/9001"), new AgentId("PJSIP/9002"));
        await Dialer.Until(() => dialer.Grains.Queue(Dialer.Sales).GetSnapshot(), q => q.AgentsFree == 2);
        dialer.Network.Agents[1].Pause("lunch");
        await Dialer.Until(() => dialer.Grains.Agent(paused).GetSnapshot(), a => a.Status == AgentStatus.Paused);
        await Wait.Until(() => Written(dialer, idle), times => times.Free > TimeSpan.Zero);
        await Wait.Until(() => Written(dialer, paused), times => times.Paused > TimeSpan.Zero);
        await dialer.StopNode();
        var stopped = TimeProvider.System.GetUtcNow();

        await dialer.StartNode();
        var first = await Read(dialer.Get<AgentTimeStore>(), idle);
        Assert.InRange(AtWork(first), 0.001, (stopped - begun).TotalSeconds);
        await Wait.Until(() => Written(dialer, idle), times => AtWork(times) > AtWork(first));
        var second = await Written(dialer, idle);
        Assert.InRange(AtWork(second) - AtWork(first), 0.001, (TimeProvider.System.GetUtcNow() - stopped).TotalSeconds);
        var pauses = await dialer.Get<AgentTimeStore>().PausesAsync(null, begun.AddDays(-1), begun.AddDays(1), 10);
        Assert.Equal([(paused, "lunch")], pauses.Select(p => (p.Agent, p.Reason)));

        static async Task<AgentTimeSums> Written(Dialer dialer, AgentId agent)
        {
            await dialer.Get<AgentTimeBook>().Write();
            return await Read(dialer.Get<AgentTimeStore>(), agent);
        }
    }
}
