using System.Collections.Concurrent;
using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Subscribers;
using NSubstitute;
using Orleans;

namespace Carillon.Api.Tests;

/// <summary>Stands where the cluster begins: every grain answers something plausible and remembers what it was told.</summary>
sealed class FakeGrains
{
    readonly ConcurrentDictionary<(Type, string), object> _grains = new();

    public FakeGrains()
    {
        Factory = Substitute.For<IGrainFactory>();
        Serve(key =>
        {
            var grain = Substitute.For<ICampaignGrain>();
            var running = new CampaignCommandResult(CampaignStatus.Running);
            grain.Start().Returns(running);
            grain.Pause().Returns(new CampaignCommandResult(CampaignStatus.Paused));
            grain.Resume().Returns(running);
            grain.Stop().Returns(new CampaignCommandResult(CampaignStatus.Stopped));
            grain.Drain().Returns(new CampaignCommandResult(CampaignStatus.Draining));
            grain.GetProgress().Returns(new CampaignProgress { Campaign = new(key), Status = CampaignStatus.Running, At = DateTimeOffset.UnixEpoch, Why = "Two agents are free." });
            var moment = new PaceMoment { At = DateTimeOffset.UnixEpoch, Status = CampaignStatus.Running };
            grain.GetLastPace().Returns(moment);
            grain.GetPace().Returns(new CampaignPace { Campaign = new(key), Mode = PacingMode.Progressive, Now = moment });
            return grain;
        });
        Serve(key =>
        {
            var grain = Substitute.For<IServerGrain>();
            grain.GetSnapshot().Returns(new ServerSnapshot { Server = new(key), State = ServerState.Online, Since = DateTimeOffset.UnixEpoch });
            grain.ListEndpoints().Returns(new ServerEndpoints());
            return grain;
        });
        Serve(key =>
        {
            var grain = Substitute.For<IQueueGrain>();
            grain.GetSnapshot().Returns(Queue(key));
            grain.GetWrapUps().Returns(ImmutableArray<TimeSpan>.Empty);
            return grain;
        });
        Serve(key =>
        {
            var grain = Substitute.For<IAgentGrain>();
            grain.GetSnapshot().Returns(new AgentSnapshot { Agent = new(key), Name = key, Status = AgentStatus.Available, State = AgentState.Idle });
            grain.SetPaused(default, default).ReturnsForAnyArgs((string?)null);
            return grain;
        });
        Serve(_ => Substitute.For<ISubscriberGrain>());
    }

    public IGrainFactory Factory { get; }

    public T Get<T>(string key) where T : class, IGrainWithStringKey => Factory.GetGrain<T>(key);

    public static QueueSnapshot Queue(string key, params string[] agents) => new()
    {
        Queue = new(key),
        ServersSeen = [],
        AgentsFree = agents.Length,
        AgentsLoggedIn = agents.Length,
        CallersWaiting = 0,
        Agents = [.. agents.Select(a => new QueueAgent(new(a), a, AgentStatus.Available, AgentState.Idle, DateTimeOffset.UnixEpoch, []))],
    };

    void Serve<T>(Func<string, T> make) where T : class, IGrainWithStringKey =>
        Factory.GetGrain<T>(default(string)!).ReturnsForAnyArgs(call => (T)_grains.GetOrAdd((typeof(T), call.ArgAt<string>(0)), key => make(key.Item2)));
}
