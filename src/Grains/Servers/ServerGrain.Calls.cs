using Carillon.Ami;
using Carillon.Calls;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Starting calls, and making sure that none is forgotten.</summary>
sealed partial class ServerGrain
{
    /// <summary>
    /// Sends what may start now, in order of waiting; a trunk that has to wait holds up only its own calls. No more than the connection writes at once: what
    /// waits, waits here, where a stop finds it.
    /// </summary>
    void SendPending()
    {
        LeaveIfLost();
        if (IsMute() || _pending.Count == 0 || !_lease.Holds) return;
        var now = time.GetUtcNow();
        for (var left = _pending.Count; left > 0; left--)
        {
            var order = _pending.Dequeue();
            if (_link.MayOriginate && _lines.TryStart(order.Intent.Id, Uptime)) Send(order, now);
            else _pending.Enqueue(order);
        }
    }

    /// <summary>
    /// Nothing starts any more on a trunk that is gone, switched off or given a rest, and less at a lowered rate: what would wait longer than a second is not placed.
    /// </summary>
    void TakeBack()
    {
        var (waiting, ahead, now) = (_pending, new Dictionary<TrunkId, int>(), time.GetUtcNow());
        _pending = new();
        foreach (var order in waiting)
        {
            var trunk = order.Intent.Trunk;
            var (onTrunk, onServer) = _lines.MayWait(trunk, Uptime);
            if (_pending.Count >= onServer || ahead.GetValueOrDefault(trunk) >= onTrunk)
            {
                NotPlaced(order.Intent.Id, now, _lines.Health(trunk, Uptime) == Pacing.TrunkState.Resting ? $"trunk {trunk} fails or is unreachable" : $"trunk {trunk} was removed, switched off or given a lower rate");
                continue;
            }
            ahead[trunk] = ahead.GetValueOrDefault(trunk) + 1;
            _pending.Enqueue(order);
        }
    }

    void Send(OriginateOrder order, DateTimeOffset now)
    {
        var id = order.Intent.Id;
        if (!_setup.Trunks.TryGetValue(order.Intent.Trunk, out var trunk))
        {
            NotPlaced(id, now, $"trunk {order.Intent.Trunk} was removed");
            return;
        }
        var possible = order.AgentChannel is null ? _trouble.Possible(order.Plan) : order.Plan;
        var lead = order.AgentChannel is null && _trouble.MayLead(possible);
        if (OriginateRequest.For(order with { Plan = possible }, trunk, lead, _setup.Server?.AgiContext, out var problem) is not { } originate)
        {
            NotPlaced(id, now, problem!);
            return;
        }
        var call = _calls.Find(id)!;
        call.SentAt = now;
        if (lead) call.Follow(new(possible));
        else if (originate.Context is not null) call.Place = possible.Place?.ToString();
        call.Unjudged = order.Plan.Detection is not null && possible.Detection is null;
        _link.Originate(id, originate);
        metrics.Sent(Id, now - order.AgentFreeSince);
    }

    void Answered(AttemptId id, OriginateResult result, DateTimeOffset at, TimeSpan uptime)
    {
        metrics.Answered(Id, result.GetType().Name);
        switch (result)
        {
            case OriginateResult.Rejected rejected:
                Trouble(id, rejected, at);
                NotPlaced(id, at, rejected.Message);
                break;
            case OriginateResult.Accepted when _calls.Find(id) is { } call:
                call.Accepted = true;
                if (!call.AgentFirst) _lines.Started(id, uptime);
                break;
            case OriginateResult.Unknown unknown when _calls.Find(id) is { } call:
                // It may have been placed: the next list of channels tells. Never sent again.
                call.InDoubt = true;
                OriginateUnknown(_log, Id.Value, id.Value, unknown.Detail);
                break;
        }
    }

    void NotPlaced(AttemptId id, DateTimeOffset at, string why)
    {
        NotSent(id);
        _news.NotPlaced(id, at, why);
        _link.Nudge();
    }

    void NotSent(AttemptId id)
    {
        _taken.Remove(id);
        Forget(id);
    }

    void Forget(AttemptId id)
    {
        _calls.Remove(id);
        _lines.Release(id, Uptime);
    }

    /// <summary>What an event or a list tells of a call: its place is free again once its channel is gone.</summary>
    void Tell(BoardCall call, CallFact fact)
    {
        call.InDoubt = false;
        JudgeTrunk(call, fact);
        switch (fact.Kind)
        {
            case CallFactKind.NotPlaced or CallFactKind.Missing:
                Forget(call.Attempt);
                break;
            case CallFactKind.HungUp:
            // Never made a channel, or its response has overtaken all that the channel did: a while will tell.
            case CallFactKind.OriginateFailed when call.ChannelName is null:
                call.EndedAt ??= fact.At;
                _lines.Release(call.Attempt, Uptime);
                break;
            // Agent first, the number is dialed once the agent is there: until then the call has yet to go out.
            case CallFactKind.OriginateSucceeded or CallFactKind.Adopted when call.AgentFirst:
                break;
            default:
                _lines.Started(call.Attempt, Uptime);
                break;
        }
        if (fact.Kind == CallFactKind.Answered)
        {
            call.Script?.Answered(fact.At);
            // The clock of those who wait runs from AMD's end: where there is none, from the answer.
            if (call.Unjudged) _news.Call(call.Attempt, new() { Kind = CallFactKind.Judged, At = fact.At, Verdict = MachineVerdict.NotSure, Detail = "AMD could not run" });
        }
        call.HungUp |= fact.Kind == CallFactKind.HungUp;
        if (call.HungUp && call.Responded) _calls.Remove(call.Attempt);
        _news.Call(call.Attempt, fact);
    }

    /// <summary>
    /// Attempts that are open in the store on this server, and calls that nothing was heard of for long, against what the server has. After a loss this is
    /// what finds them again.
    /// </summary>
    async Task CheckOpenAttempts(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var call in _calls.Calls.Where(c => c.EndedAt < now - options.Value.ChannelGrace).ToList()) _calls.Remove(call.Attempt);
        if (!IsOnline)
        {
            // Connected and yet not online: the list of channels was incomplete, or the store did not answer when it came.
            if (_standing.State == ServerState.Connecting) _link.RequestSnapshot();
            if (now - _onlineUntil >= options.Value.UnreachableCallTimeout) await GiveUp(now);
            return;
        }
        AskReach(onlyUnreachable: true);
        var lost = _strangers.Overdue(await ListStrangers(), now, Uptime).Count > 0;
        if (FindUnheard() | lost || _calls.Calls.Any(c => c.InDoubt)) _link.RequestSnapshot();
    }

    /// <summary>
    /// Calls that Asterisk took and of which it has told nothing at all: this AMI user may not read them (see <see cref="Hearing"/>). Those that there are are
    /// followed by lists of channels.
    /// </summary>
    bool FindUnheard()
    {
        var unheard = _calls.Calls.Where(c => c.Accepted && !c.Responded && c.ChannelName is null && c.SentAt < _heardUntil - options.Value.ChannelGrace).ToList();
        foreach (var call in unheard) call.InDoubt = true;
        if (unheard.Count > 0) _hearing.NothingOfCalls();
        return unheard.Count > 0;
    }

    /// <summary>What there is to say of an attempt that is open in the store, and of which the server has no call.</summary>
    CallFact Gone(AttemptId id, DateTimeOffset at, EndReason why)
    {
        if (!_taken.WasNever(id)) return new() { Kind = CallFactKind.Missing, At = at, Reason = why };
        _taken.Refuse(id, Uptime);
        return new() { Kind = CallFactKind.NotPlaced, At = at, Reason = new() { Text = "its order did not reach the server" } };
    }

    /// <summary>The server was out of reach for too long: its calls end as Unknown, so that no lead stays Dialing for ever.</summary>
    async Task GiveUp(DateTimeOffset now)
    {
        var why = new EndReason { Text = $"server {Id} was out of reach for {options.Value.UnreachableCallTimeout.TotalMinutes:0} minutes" };
        foreach (var attempt in await attempts.ListOpenAsync(Id))
        {
            Forget(attempt.Intent.Id);
            _news.Call(attempt.Intent.Id, Gone(attempt.Intent.Id, now, why));
        }
        _link.Nudge();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server}: it is unknown whether {Attempt} was placed ({Why}); the next list of channels tells")]
    static partial void OriginateUnknown(ILogger logger, string server, string attempt, string why);
}
