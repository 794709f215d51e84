using System.Collections.Immutable;
using Carillon.Ami;
using Carillon.Hosting;
using Carillon.Nodes;
using Carillon.Queues;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Servers;

[KeepAlive, ServerPlacement]
sealed partial class ServerGrain(
    Configs configs, AttemptStore attempts, ServerLeases leases, Handovers handovers, INodes nodes, IOptions<ServerOptions> options, TimeProvider time,
    ServerMetrics metrics, ILoggerFactory loggers)
    : Grain, IServerGrain, IAsyncDisposable
{
    static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    readonly ILogger _log = loggers.CreateLogger<ServerGrain>();
    readonly NewsDesk _news = new();
    readonly TakenOrders _taken = new();
    LineBook _lines = null!;
    Queue<OriginateOrder> _pending = new();
    CallBoard _calls = null!;
    MemberBoard _members = null!;
    ServerSetup _setup = ServerSetup.None;
    ServerStanding _standing = null!;
    DateTimeOffset _onlineUntil;
    /// <summary>What Asterisk said until then is known; null: nothing is certain yet.</summary>
    DateTimeOffset? _heardUntil;
    ServerLink _link = null!;

    ServerId Id => new(this.GetPrimaryKeyString());

    /// <summary>A clock that is never set: what calls per second are counted by.</summary>
    TimeSpan Uptime => time.GetElapsedTime(0);

    bool IsOnline => _standing.State == ServerState.Online;

    readonly OrderWatch _orders = new();

    /// <summary>Nothing more is ordered until something is heard: see <see cref="OrderWatch"/>. Its connection lasts until the client gives it up.</summary>
    bool IsMute() => _orders.IsMute(_link.Unanswered, BytesReceived, Uptime);

    long BytesReceived => _link.Client?.Counters.BytesReceived ?? 0;

    /// <summary>How long after a campaign asked for lines another one is likely to.</summary>
    static readonly TimeSpan InUse = TimeSpan.FromSeconds(10);

    TimeSpan _reservedAt = TimeSpan.MinValue;

    void PingIfQuiet()
    {
        if (IsOnline && _reservedAt > Uptime - InUse && _orders.IsQuiet(_link.Unanswered, BytesReceived, Uptime)) _link.Ping();
    }

    static string MuteProblem => $"Asterisk has answered no order and said nothing else for more than {OrderWatch.LongestSilence.TotalMilliseconds:0} ms: nothing more is placed on it until something is heard. Is it, its machine or the network hanging?";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await Own(cancellationToken);
        _lines = new(LineGrant.FirstOf(_lease.Epoch), Uptime);
        _members = new(Id);
        _members.Begin(_lease.Epoch);
        _calls = new(i => _setup.AgentOf(i));
        _standing = new(now);
        _onlineUntil = now;
        _link = new(Id, GrainFactory, () => _lease.Holds ? null : NotOurs, time, loggers);
        await ConfigChanged();
        // Last: an activation that failed must leave nothing running behind.
        _link.Start();
        this.RegisterGrainTimer(_ => { PingIfQuiet(); SendPending(); return Task.CompletedTask; }, new() { DueTime = options.Value.SendInterval, Period = options.Value.SendInterval, KeepAlive = true });
        this.RegisterGrainTimer(WatchLine, new() { DueTime = WatchInterval, Period = WatchInterval, KeepAlive = true });
        this.RegisterGrainTimer(CheckOpenAttempts, new() { DueTime = options.Value.CheckInterval, Period = options.Value.CheckInterval, KeepAlive = true });
    }

    Task WatchLine(CancellationToken cancellationToken)
    {
        LookAtClock();
        if (!IsOnline) return Task.CompletedTask;
        CheckAnswers();
        _link.Mark();
        return Task.CompletedTask;
    }

    public Task Wake() => Task.CompletedTask;

    public async Task ConfigChanged()
    {
        var before = _setup.Server;
        _setup = await ServerSetup.Load(Id, configs);
        if (_setup.Server is { } server) _lines.Configure(server, _setup.Trunks, Uptime);
        RestUnreachable();
        if (_link.Client is not null && _hearing.Missing is null && _missing.Count == 0 && !_trouble.NeedsLogin && before is not null && _setup.Server is { } now && ServerSetup.SameConnection(before, now))
        {
            _trouble.TryAgain();
            if (IsOnline) TellAllQueues();
            AskReach();
            return;
        }
        await _link.Disconnect();
        if (_standing.State != ServerState.Unknown) Lose(time.GetUtcNow());
        if (_setup.Server is { Enabled: true } config)
        {
            Stand(ServerState.Connecting, null);
            _link.Connect(ServerSetup.Connection(config));
            metrics.Stands(Id, false, _link.Client);
        }
        else
        {
            Stand(ServerState.Offline, _setup.Server is null ? "the server is not configured" : "the server is switched off");
        }
    }

    public Task<ImmutableArray<LineGrant>> Reserve(CampaignId campaign, int share, ImmutableArray<TrunkId> trunks, int wanted)
    {
        _reservedAt = Uptime;
        return Task.FromResult(MayPlace ? _lines.Grant(new(campaign, share, trunks, wanted), Uptime) : []);
    }

    public Task Return(ImmutableArray<LineGrant> grants)
    {
        foreach (var grant in grants) _lines.Return(grant);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<OrderRefusal>> Originate(ImmutableArray<OriginateOrder> orders)
    {
        var now = Uptime;
        var refused = ImmutableArray.CreateBuilder<OrderRefusal>();
        foreach (var order in orders)
        {
            var id = order.Intent.Id;
            if (_leaving || !IsOnline) refused.Add(new(id, $"server {Id} is not online", order.Intent.Number));
            else if (!_taken.TryAdd(id)) refused.Add(new(id, "it had been given up", order.Intent.Number));
            else if (!_lines.Take(order.Grant, id, now))
            {
                _taken.Remove(id);
                refused.Add(new(id, "its place on the server had lapsed", order.Intent.Number));
            }
            else
            {
                _calls.Add(order.Intent, order.AgentChannel is not null).Agent = order.Agent;
                _pending.Enqueue(order);
            }
        }
        SendPending();
        return Task.FromResult(refused.ToImmutable());
    }

    public Task<ImmutableArray<OrderRefusal>> CancelPending(CampaignId campaign)
    {
        var cancelled = _pending.Where(o => o.Intent.Campaign == campaign).ToList();
        _pending = new(_pending.Where(o => o.Intent.Campaign != campaign));
        foreach (var order in cancelled) NotSent(order.Intent.Id);
        return Task.FromResult(cancelled.Select(o => new OrderRefusal(o.Intent.Id, "the campaign stopped before the call was placed", o.Intent.Number)).ToImmutableArray());
    }

    public async Task Hangup(AttemptId attempt)
    {
        if (_link.Client is { } client && _calls.Find(attempt)?.ChannelName is { } channel) await client.SendAsync(Actions.Hangup(channel), CancellationToken.None);
    }

    public Task<QueueChanges?> GetQueue(string nameInAsterisk) =>
        Task.FromResult(IsOnline ? _members.All(nameInAsterisk, time.GetUtcNow()) : null);

    public async Task<string?> PauseMember(string @interface, bool paused, string? reason)
    {
        if (_link.Client is not { } client || !IsOnline) return $"server {Id} is not online";
        var answer = await client.SendAsync(Actions.QueuePause(@interface, paused, reason: reason), CancellationToken.None);
        return answer.Success ? null : answer.Message;
    }

    public Task<ServerSnapshot> GetSnapshot() => Task.FromResult(new ServerSnapshot
    {
        Server = Id,
        State = _standing.State,
        Since = _standing.Since,
        Problem = _standing.Problem ?? (IsMute() ? MuteProblem : null) ?? _trouble.Sentence(_setup.Server?.Username ?? "", time.GetUtcNow()),
        Version = _standing.Info?.AsteriskVersion,
        SystemName = _standing.Info?.SystemName,
        ClockAhead = _standing.Info?.ClockAhead,
        Calls = _setup.Trunks.Keys.ToImmutableDictionary(t => t, _lines.TakenOn),
        Channels = _calls.Calls.Count,
        Queues = [.. _members.Names.Order(StringComparer.Ordinal)],
        Pending = _pending.Count,
        Trunks = TrunkStatuses(),
        Gaps = _link.Client?.Counters.Gaps ?? 0,
        Reconnects = _link.Client?.Counters.Reconnects ?? 0,
    });
}
