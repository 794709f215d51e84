using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>What Asterisk says, and what follows from it.</summary>
sealed partial class ServerGrain
{
    /// <summary>At most so many things in one turn, so that commands get their turn too.</summary>
    const int DigestSize = 512;

    static readonly string[] NeededActions = ["Originate", "Hangup", "CoreShowChannels", "QueueStatus"];

    public async Task<ServerNews?> Digest(Guid link, long received)
    {
        if (link != _link.Id) return null;
        return _news.Again(received) ?? await Digest();
    }

    async Task<ServerNews> Digest()
    {
        for (var i = 0; i < DigestSize && _link.TryTake(out var item); i++)
        {
            if (item.Generation != _link.Generation) continue;
            if (item.IsMark) HeardAll(item.At);
            else if (item.Reach is { } reach) Report(reach);
            else if (item is { Attempt: { } refused, Refusal: { } refusal }) await CommandRefused(refused, refusal, item.At);
            else if (item.Attempt is { } attempt) Answered(attempt, item.Result!, item.At, item.Uptime);
            else if (item.Signal is AmiEvent e) Read(e, item.At);
            else if (item.Signal is not null) await Take(item.Signal, item.At);
        }
        foreach (var news in _members.TakeChanges(_setup.QueuesOf, time.GetUtcNow())) _news.Queue(news.Queue, news.Changes);
        return _news.Take();
    }

    void HeardAll(DateTimeOffset until)
    {
        // What is still to come is of a clock that was set back.
        _heardUntil = until <= time.GetUtcNow() ? until : null;
        if (IsOnline) FindSilentCalls();
    }

    void Read(AmiEvent e, DateTimeOffset at)
    {
        _members.Read(e, at);
        if (_calls.AgentReleasedBy(e) is { } @interface) _members.EndCall(@interface, at);
        var told = _calls.Read(e, at);
        if (told is { } ours) Tell(ours.Call, ours.Fact);
        if (_hearing.Read(e, told is not null, _calls.IsJoinedByQueue(e))) _link.RequestSnapshot();
        if (e is AsyncAgiEvent agi) Lead(agi, at);
        else if (e is DialStateEvent dial) JudgeTrunk(dial);
        else if (e is PeerStatusEvent peer && TrunkReach.Of(peer) is { } reach) Report(reach);
        metrics.Digested(time.GetUtcNow() - at);
    }

    async Task Take(AmiSignal signal, DateTimeOffset at)
    {
        switch (signal)
        {
            case AmiConnected connected:
                Stand(ServerState.Connecting, "connected; reading the server's channels and queues", connected.Server);
                _missing = connected.Permissions.Missing(NeededActions);
                _hearing.Begin();
                AskReach();
                // Filter is an action of the class 'system' alone.
                _trouble.Begin(connected.Permissions.Allows("AGI"), connected.Permissions.Allows("Filter") || _setup.Server?.AgiContext is not null);
                break;
            case AmiSnapshot { Complete: true } snapshot when _missing.Count == 0:
                await Reconcile(snapshot, at);
                if (_hearing.Missing is not null)
                {
                    _news.Lost(_setup.Queues.Select(q => q.Id), _members.Sequence);
                    Stand(ServerState.Connecting, _hearing.Problem(_setup.Server?.Username));
                    break;
                }
                Stand(ServerState.Online, null);
                TellAllQueues();
                break;
            case AmiSnapshot snapshot:
                Stand(ServerState.Connecting, _missing.Count > 0 ? string.Join(" ", _missing) : snapshot.Problem ?? "the list of channels or queues was incomplete");
                break;
            case AmiDisconnected lost:
                Lose(at);
                Stand(ServerState.Offline, lost.Detail);
                break;
        }
    }

    IReadOnlyList<string> _missing = [];
    readonly Hearing _hearing = new();

    readonly Strangers _strangers = new(options.Value.ChannelGrace);

    async Task<List<Attempt>> ListStrangers()
    {
        _taken.BeforeLook();
        var open = await attempts.ListOpenAsync(Id);
        _taken.StillOpen([.. open.Select(a => a.Intent.Id)]);
        return [.. open.Where(a => !_calls.Has(a.Intent.Id))];
    }

    async Task Reconcile(AmiSnapshot snapshot, DateTimeOffset at)
    {
        _members.Replace(snapshot, at);
        var channels = new ChannelList(snapshot.Channels);
        var sentBefore = at - options.Value.ChannelGrace;
        var strangers = await ListStrangers();
        var overdue = _strangers.Overdue(strangers, at, Uptime);
        var plans = await Plans(strangers.Select(a => a.Intent.Campaign));
        foreach (var attempt in strangers)
        {
            var id = attempt.Intent.Id;
            var (agentFirst, plan) = plans.GetValueOrDefault(attempt.Intent.Campaign);
            if (_calls.Adopt(attempt.Intent, channels, attempt.Intent.For is not null || agentFirst))
            {
                var call = _calls.Find(id)!;
                if (call.SentAt > at) call.SentAt = at;
                _lines.Adopt(id, attempt.Intent.Trunk, call is { AgentFirst: true, CustomerUniqueId: null }, Uptime);
                if (plan?.NeedsCommands == true && attempt.Intent.For is null) call.Resume(new(plan));
            }
            else if (overdue.Contains(id))
                _news.Call(id, Gone(id, at, new() { Text = "the call was gone when the server could be asked" }));
        }
        // A list that came over another connection, or long after: Asterisk has dealt with whatever it was sent before.
        foreach (var call in _calls.Calls.Where(c => c is { InDoubt: true, AgentFirst: false })) _lines.Started(call.Attempt, Uptime);
        var doubtful = _calls.Calls.Where(c => c is { InDoubt: true, Script: not null }).Select(c => c.Attempt).ToHashSet();
        foreach (var (call, fact) in _calls.Reconcile(channels, sentBefore, at).ToList()) Tell(call, fact);
        foreach (var channel in snapshot.Channels.Where(c => c.State == ChannelState.Up && doubtful.Contains(new(c.UniqueId))))
            if (_calls.Find(new(channel.UniqueId)) is { Script: { } script } call) Move(call, script.Resume(channel.Application, at), at);
    }

    /// <summary>Nothing is known of the server now. Calls live on, in doubt; what was not sent yet will not be.</summary>
    void Lose(DateTimeOffset at)
    {
        RefusePending($"the connection to server {Id} was lost");
        foreach (var call in _calls.Calls) call.InDoubt = true;
        // Nobody would tell that they can be reached again.
        _unreachable.Clear();
        RestUnreachable();
        _members.Clear();
        _news.Lost(_setup.Queues.Select(q => q.Id), _members.Sequence);
        _link.Nudge();
    }

    void TellAllQueues()
    {
        var now = time.GetUtcNow();
        foreach (var (queue, name) in _setup.Queues) _news.Queue(queue, _members.All(name, now));
        _link.Nudge();
    }

    void Stand(ServerState state, string? problem, AmiServerInfo? info = null)
    {
        var before = _standing;
        if (IsOnline) _onlineUntil = time.GetUtcNow();
        _standing = _standing.Now(state, problem, time.GetUtcNow(), info);
        metrics.Stands(Id, IsOnline, _link.Client);
        if (before.State != state || before.Problem != problem) Stands(_log, Id.Value, state, problem ?? "all is well");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Server {Server} is {State}: {Problem}")]
    static partial void Stands(ILogger logger, string server, ServerState state, string problem);
}
