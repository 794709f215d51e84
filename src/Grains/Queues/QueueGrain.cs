using Carillon.Agents;
using Carillon.Hosting;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Queues;

sealed partial class QueueGrain(Configs configs, TimeProvider time, ILogger<QueueGrain> log) : Grain, IQueueGrain
{
    /// <summary>News of thousands of agents come in hundreds a second, and telling looks at all agents: what changes within this time is told at once.</summary>
    static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(20);

    readonly QueueBoard _board = new();
    readonly ClaimBook _claims = new();
    readonly Dictionary<string, AgentId> _agentsByInterface = new(StringComparer.OrdinalIgnoreCase);
    Dictionary<AgentId, AgentLine> _told = [];
    QueueConfig? _config;
    IGrainTimer? _telling;
    DateTimeOffset _toldAt;

    QueueId Id => new(this.GetPrimaryKeyString());

    TimeSpan WrapUp => _config?.WrapUp ?? TimeSpan.Zero;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _telling = this.RegisterGrainTimer(Tell, new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        await ReadConfig();
        await AskServers(tellThem: false);
    }

    public async Task ConfigChanged()
    {
        await ReadConfig();
        await AskServers(tellThem: true);
    }

    async Task ReadConfig()
    {
        _config = (await configs.Queues.GetAsync(Id.Value))?.Config;
        _agentsByInterface.Clear();
        foreach (var agent in await configs.Agents.ListAsync())
            foreach (var @interface in agent.Config.Interfaces) _agentsByInterface[@interface] = new(agent.Id);
        foreach (var server in _board.ServersSeen.Where(s => _config is null || !_config.Servers.Contains(s)).ToList()) _board.Lose(server);
    }

    /// <param name="tellThem">Servers learn from the store which queues are watched; one that read it before this queue was changed must read it again.</param>
    async Task AskServers(bool tellThem)
    {
        foreach (var server in (_config?.Servers ?? []).Select(s => (Id: s, Grain: GrainFactory.Server(s))))
        {
            try
            {
                if (tellThem) await server.Grain.ConfigChanged();
                if (await server.Grain.GetQueue(_config!.NameInAsterisk) is { } all) _board.Apply(all);
            }
            catch (Exception e) when (e is TimeoutException or OrleansException)
            {
                // The server tells us by itself once it can.
                ServerSilent(log, Id.Value, server.Id.Value, e);
            }
        }
        await Tell(CancellationToken.None);
    }

    public Task OnChanges(QueueChanges changes) =>
        _config?.Servers.Contains(changes.Server) == true && _board.Apply(changes) ? TellSoon() : Task.CompletedTask;

    public Task OnServerLost(ServerId server) => _board.Lose(server) ? TellSoon() : Task.CompletedTask;

    public Task<QueueGrant> Claim(QueueClaim claim)
    {
        var now = time.GetUtcNow();
        var grant = _claims.Grant(claim, Agents(now), _board.CallersWaiting, now);
        return Task.FromResult(Problem() is { } problem ? grant with { Problem = problem } : grant);
    }

    public Task<QueueSnapshot> GetSnapshot()
    {
        var agents = Agents(time.GetUtcNow());
        return Task.FromResult(new QueueSnapshot
        {
            Queue = Id,
            ServersSeen = [.. _board.ServersSeen],
            AgentsFree = agents.Count(a => a.IsFree),
            AgentsLoggedIn = agents.Count(a => a.Status != AgentStatus.LoggedOut),
            CallersWaiting = _board.CallersWaiting,
            Agents = [.. agents.Select(a => new QueueAgent(a.Agent, a.Name, a.Status, a.State, a.Since, [.. a.Seats.Select(s => s.Server)]))],
            Problem = Problem(),
        });
    }

    IReadOnlyList<AgentLine> Agents(DateTimeOffset now) => _board.Agents(now, WrapUp, AgentOf);

    AgentId AgentOf(string @interface) => _agentsByInterface.TryGetValue(@interface, out var agent) ? agent : new(@interface);

    string? Problem()
    {
        if (_config is null) return $"queue {Id} is not configured";
        if (_board.ServersWithoutQueue.ToList() is { Count: > 0 } without)
            return $"there is no queue '{_config.NameInAsterisk}' on {string.Join(", ", without)}: create it in queues.conf (FreePBX: Applications, Queues), or correct the queue's name";
        var silent = _config.Servers.Except(_board.ServersSeen).ToList();
        return silent.Count == 0 ? null : $"nothing is known of the queue's members on {string.Join(", ", silent)}: the server is out of reach";
    }

    /// <summary>At once, if nothing was told a moment ago. Claims do not depend on it: they look at the board.</summary>
    Task TellSoon()
    {
        var since = time.GetUtcNow() - _toldAt;
        if (since >= TellInterval || since < TimeSpan.Zero) return Tell(CancellationToken.None);
        _telling?.Change(TellInterval - since, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <summary>Tells agents what changed of them and campaigns that agents became free or left; and comes back when the next wrap-up ends, of which Asterisk says nothing.</summary>
    async Task Tell(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var agents = Agents(now).ToDictionary(a => a.Agent);
        var changed = agents.Values.Where(a => !_told.TryGetValue(a.Agent, out var before) || Differs(before, a))
            .Concat(_told.Values.Where(a => !agents.ContainsKey(a.Agent)).Select(a => a with { Status = AgentStatus.LoggedOut, Seats = [] }))
            .ToList();
        (_told, _toldAt) = (agents, now);
        var ends = agents.Values.Min(a => a.WrapUpEnds);
        _telling?.Change(ends is null ? Timeout.InfiniteTimeSpan : ends.Value - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        if (changed.Count == 0) return;
        foreach (var campaign in _claims.Campaigns) await GrainFactory.Campaign(campaign).AgentsChanged();
        await Task.WhenAll(changed.Select(a => GrainFactory.Agent(a.Agent).Seen(new()
        {
            Queue = Id,
            Name = a.Name,
            Status = a.Status,
            State = a.State,
            PausedReason = a.PausedReason,
            At = now,
            Seats = a.Seats,
        })));
    }

    static bool Differs(AgentLine a, AgentLine b) =>
        a.Status != b.Status || a.State != b.State || a.PausedReason != b.PausedReason || a.Name != b.Name || !a.Seats.AsSpan().SequenceEqual(b.Seats.AsSpan());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: server {Server} did not tell its members")]
    static partial void ServerSilent(ILogger logger, string queue, string server, Exception error);
}
