using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Hosting;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Queues;

sealed partial class QueueGrain(Configs configs, TimeProvider time, QueueMetrics metrics, ILogger<QueueGrain> log) : Grain, IQueueGrain
{
    /// <summary>News of thousands of agents come in hundreds a second: what changes within this time is told at once.</summary>
    static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Each agent is told again after so many of these, a few at a time: their time is counted up to what was told last, and one whose node was lost learns
    /// where they are.
    /// </summary>
    static readonly TimeSpan AgainInterval = TimeSpan.FromSeconds(1);
    const int AgainTurns = 30;

    readonly QueueBoard _board = new();
    readonly ClaimBook _claims = new();
    readonly HandlingBook _handling = new();
    readonly Dictionary<AgentId, AgentLine> _told = [];
    readonly ClockWatch _clock = new(time);
    QueueConfig? _config;
    Dictionary<ServerId, string> _names = [];
    IGrainTimer? _telling, _tellingAgain;
    int _turn;
    DateTimeOffset _toldAt;
    int _callersCounted;

    QueueId Id => new(this.GetPrimaryKeyString());

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

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var line in _told.Values) metrics.Moved(line, null);
        metrics.Waiting(-_callersCounted);
        return Task.CompletedTask;
    }

    async Task ReadConfig()
    {
        var agents = new Dictionary<string, AgentId>(StringComparer.OrdinalIgnoreCase);
        foreach (var agent in await configs.Agents.ListAsync())
            foreach (var @interface in agent.Config.Interfaces) agents[@interface] = new(agent.Id);
        _config = (await configs.Queues.GetAsync(Id.Value))?.Config;
        _names = (await configs.Servers.GetManyAsync(_config?.Servers.Select(s => s.Value) ?? [])).ToDictionary(s => new ServerId(s.Id), s => s.Config.Name);
        var now = time.GetUtcNow();
        _board.Configure(_config?.WrapUp ?? TimeSpan.Zero, i => agents.TryGetValue(i, out var agent) ? agent : new(i), now, _config?.WrapUpReason);
        foreach (var server in _board.ServersSeen.Where(s => _config is null || !_config.Servers.Contains(s)).ToList()) _board.Lose(server, now);
    }

    /// <param name="tellThem">Servers learn from the store which queues are watched; one that read it before this queue was changed must read it again.</param>
    async Task AskServers(bool tellThem)
    {
        foreach (var server in (_config?.Servers ?? []).Select(s => (Id: s, Grain: GrainFactory.Server(s))))
        {
            try
            {
                if (tellThem) await server.Grain.ConfigChanged();
                if (await server.Grain.GetQueue(_config!.NameInAsterisk) is { } all) _board.Apply(all, time.GetUtcNow());
            }
            catch (Exception e) when (e is TimeoutException or OrleansException)
            {
                // The server tells us by itself once it can.
                ServerSilent(log, Id.Value, server.Id.Value, e);
            }
        }
        await Tell(CancellationToken.None);
    }

    public Task OnChanges(QueueChanges changes)
    {
        LeaveIfClockWasSet();
        return _config?.Servers.Contains(changes.Server) == true && _board.Apply(changes, time.GetUtcNow()) ? TellSoon() : Task.CompletedTask;
    }

    public Task OnServerLost(ServerId server, long sequence) => _board.Lose(server, time.GetUtcNow(), sequence) ? TellSoon() : Task.CompletedTask;

    public Task<QueueGrant> Claim(QueueClaim claim)
    {
        LeaveIfClockWasSet();
        var now = time.GetUtcNow();
        _board.Pass(now);
        var grant = _claims.Grant(claim, _board.Agents, _handling, _board.CallersWaiting, now);
        // Not from here: the campaign that asks waits for its answer.
        if (_claims.HasOffered) _telling?.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        return Task.FromResult(Problem() is { } problem ? grant with { Problem = problem } : grant);
    }

    public Task<QueueSnapshot> GetSnapshot()
    {
        _board.Pass(time.GetUtcNow());
        var agents = _board.Agents;
        return Task.FromResult(new QueueSnapshot
        {
            Queue = Id,
            ServersSeen = [.. _board.ServersSeen],
            AgentsFree = agents.Free.Count,
            AgentsLoggedIn = agents.LoggedIn,
            CallersWaiting = _board.CallersWaiting,
            Agents = [.. agents.All.Select(a => new QueueAgent(a.Agent, a.Name, a.Status, a.State, a.Since, [.. a.Seats.Select(s => s.Server)]))],
            Problem = Problem(),
        });
    }

    public Task<ImmutableArray<TimeSpan>> GetWrapUps() => Task.FromResult(_handling.WrapUps);

    void LeaveIfClockWasSet()
    {
        if (_clock.Look() is null) return;
        ClockSet(log, Id.Value);
        DeactivateOnIdle();
    }

    string? Problem()
    {
        if (_config is null) return $"queue {Id} is not configured";
        if (_board.ServersWithoutQueue.ToList() is { Count: > 0 } without)
            return $"there is no queue '{_config.NameInAsterisk}' on {Named(without)}: create it in queues.conf (FreePBX: Applications, Queues), or correct the queue's name";
        var silent = _config.Servers.Except(_board.ServersSeen).ToList();
        return silent.Count == 0 ? null : $"nothing is known of the queue's members on {Named(silent)}: the server is out of reach";
    }

    string Named(IEnumerable<ServerId> servers) => string.Join(", ", servers.Select(s => _names.GetValueOrDefault(s, s.Value)));

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
        var next = _board.Pass(now);
        var changed = _board.TakeChanged().Select(c => News(c.Agent, c.Line)).OfType<AgentLine>().ToList();
        _toldAt = now;
        metrics.Waiting(_board.CallersWaiting - _callersCounted);
        _callersCounted = _board.CallersWaiting;
        _telling?.Change(next is null ? Timeout.InfiniteTimeSpan : next.Value - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        var offered = _claims.TakeOffered();
        foreach (var campaign in changed.Count > 0 ? [.. _claims.Campaigns] : offered) await GrainFactory.Campaign(campaign).AgentsChanged();
        // Agents of a silo that was lost answer late, and nobody else should wait for that.
        if (_told.Count > 0) _tellingAgain ??= this.RegisterGrainTimer(TellAgain, new() { DueTime = AgainInterval, Period = AgainInterval, KeepAlive = true, Interleave = true });
        await Task.WhenAll(changed.Select(a => Tell(a, now)));
    }

    Task TellAgain(CancellationToken cancellationToken)
    {
        if (_told.Count == 0)
        {
            _tellingAgain?.Dispose();
            _tellingAgain = null;
        }
        _turn = (_turn + 1) % AgainTurns;
        var now = time.GetUtcNow();
        return Task.WhenAll(_told.Values.Where(a => (uint)a.Agent.GetHashCode() % AgainTurns == _turn).Select(a => Tell(a, now, again: true)));
    }

    Task Tell(AgentLine agent, DateTimeOffset now, bool again = false) => GrainFactory.Agent(agent.Agent).Seen(new()
    {
        Queue = Id,
        Name = agent.Name,
        Status = agent.Status,
        State = agent.State,
        PausedReason = agent.PausedReason,
        At = now,
        Seats = agent.Seats,
        Again = again,
    });

    /// <summary>What to tell of an agent; null if they were told it already.</summary>
    AgentLine? News(AgentId agent, AgentLine? line)
    {
        if (line is null)
        {
            if (!_told.Remove(agent, out var gone)) return null;
            metrics.Moved(gone, null);
            return gone with { Status = AgentStatus.LoggedOut, Seats = [] };
        }
        if (_told.TryGetValue(agent, out var told))
        {
            if (!Differs(told, line)) return null;
            _handling.Saw(told, line);
        }
        metrics.Moved(told, line);
        return _told[agent] = line;
    }

    static bool Differs(AgentLine a, AgentLine b) =>
        a.Status != b.Status || a.State != b.State || a.PausedReason != b.PausedReason || a.Name != b.Name || !a.Seats.AsSpan().SequenceEqual(b.Seats.AsSpan());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: the clock was set; it asks its servers anew")]
    static partial void ClockSet(ILogger logger, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue}: server {Server} did not tell its members")]
    static partial void ServerSilent(ILogger logger, string queue, string server, Exception error);
}
