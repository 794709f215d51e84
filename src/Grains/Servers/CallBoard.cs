using System.Collections.Immutable;
using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;

namespace Carillon.Servers;

/// <summary>
/// The calls of ours on one server, and what the server's events mean for them. Knows two shapes of call: customer first (the channel that we
/// originate is the customer's, its Uniqueid the attempt) and agent first (ours is the agent's, and it dials the customer's).
/// </summary>
sealed class CallBoard(Func<string, AgentId> agentOf)
{
    readonly Dictionary<AttemptId, BoardCall> _calls = [];
    readonly Dictionary<string, BoardCall> _byCustomerChannel = new(StringComparer.Ordinal);

    public IReadOnlyCollection<BoardCall> Calls => _calls.Values;

    public bool Has(AttemptId attempt) => _calls.ContainsKey(attempt);

    public BoardCall? Find(AttemptId attempt) => _calls.GetValueOrDefault(attempt);

    /// <summary>The call of ours that a channel is, which waits for commands or has just carried one out.</summary>
    public BoardCall? CommandedBy(AsyncAgiEvent e) => Ours(e.UniqueId);

    public BoardCall Add(AttemptIntent intent, bool agentFirst)
    {
        var call = new BoardCall(intent, agentFirst);
        _calls.Add(intent.Id, call);
        return call;
    }

    /// <summary>
    /// Takes on a call that another activation placed, if its channel is on the list. The application it runs tells which shape it has; while it still rings
    /// it runs none, and then <paramref name="agentFirst"/> does.
    /// </summary>
    public bool Adopt(AttemptIntent intent, ChannelList channels, bool agentFirst)
    {
        var attempt = intent.Id;
        if (channels.Find(attempt.Value) is not { } ours) return false;
        var call = Add(intent, ours.Application switch { "Dial" => true, "Queue" => false, _ => agentFirst });
        if (call.AgentFirst && !ours.Channel.StartsWith("Local/", StringComparison.Ordinal)) call.Agent = AgentOn(ours.Channel);
        // Its OriginateResponse was told to nobody, or will still come; waiting for it is of no use.
        call.Responded = true;
        call.SentAt = intent.At;
        if (call.AgentFirst && channels.LinkedTo(attempt.Value) is { } customer) Follow(call, customer.UniqueId);
        return true;
    }

    public void Remove(AttemptId attempt)
    {
        if (!_calls.Remove(attempt, out var call)) return;
        if (call.CustomerUniqueId is { } customer) _byCustomerChannel.Remove(customer);
    }

    /// <summary>What the event tells of a call of ours; null if nothing. A call whose end it tells is to be removed by the caller.</summary>
    public (BoardCall Call, CallFact Fact)? Read(AmiEvent e, DateTimeOffset at) => e switch
    {
        NewchannelEvent c when Ours(c.UniqueId) is { } call => Named(call, c, call.AgentFirst ? null : new() { Kind = CallFactKind.Created, At = at }),
        NewstateEvent c when Ours(c.UniqueId) is { AgentFirst: false } call => Named(call, c, OfState(c.State, at)),
        NewstateEvent c when _byCustomerChannel.TryGetValue(c.UniqueId, out var call) => c.State == ChannelState.Ringing ? (call, OfState(c.State, at)!) : null,
        DialBeginEvent d when Ours(d.UniqueId) is { AgentFirst: true } call => CustomerDialed(call, d, at),
        // The Newstate that tells the same comes before DialBegin where the far side rings faster than Asterisk tells of the dial.
        DialStateEvent { DialStatus: "RINGING" } d when _byCustomerChannel.TryGetValue(d.DestUniqueId, out var call) => (call, OfState(ChannelState.Ringing, at)!),
        DialEndEvent d when Ours(d.DestUniqueId) is { AgentFirst: false } call => (call, DialEnded(d, at)),
        DialEndEvent d when _byCustomerChannel.TryGetValue(d.DestUniqueId, out var call) => CustomerDialEnded(call, d, at),
        OriginateResponseEvent r when Ours(r.ActionId) is { } call => Responded(call, r, at),
        QueueCallerJoinEvent q when Ours(q.UniqueId) is { AgentFirst: false } call => (call, new() { Kind = CallFactKind.QueueJoined, At = at }),
        QueueCallerAbandonEvent q when Ours(q.UniqueId) is { AgentFirst: false } call => (call, new() { Kind = CallFactKind.QueueAbandoned, At = at }),
        AgentConnectEvent a when AttemptId.FromChannelId(a.UniqueId) is { } id && Find(id) is { AgentFirst: true } call => QueueRangAgent(call, a),
        AgentConnectEvent a when Ours(a.UniqueId) is { AgentFirst: false } call => (call, new() { Kind = CallFactKind.AgentConnected, At = at, Agent = agentOf(a.Interface) }),
        HangupEvent h when Ours(h.UniqueId) is { } call => HungUp(call, h, at),
        HangupEvent h when _byCustomerChannel.TryGetValue(h.UniqueId, out var call) => CustomerHungUp(call, h),
        _ => null,
    };

    /// <summary>
    /// Compares with a complete list of the server's channels. A call that was sent after <paramref name="sentBefore"/> may be missing because its channel is
    /// still being made: it is left for the next list. So is one that Asterisk has not answered for, when it is missing for the first time: a server that hung
    /// has the list asked for by one session ready before it takes the call that another one holds.
    /// </summary>
    public IEnumerable<(BoardCall Call, CallFact Fact)> Reconcile(ChannelList channels, DateTimeOffset sentBefore, DateTimeOffset at)
    {
        foreach (var call in _calls.Values.ToList())
        {
            if (channels.Find(call.Attempt.Value) is { } ours)
            {
                call.ChannelName = ours.Channel;
                yield return (call, new() { Kind = CallFactKind.Adopted, At = at });
                var customer = call.AgentFirst ? channels.Find(call.CustomerUniqueId ?? "") : ours;
                if (customer is not null && OfState(customer.State, at) is { } fact) yield return (call, fact);
                if (customer?.BridgeId.Length > 0) yield return (call, Joined(call, customer, channels, at));
            }
            else if (call.EndedAt is null && call.SentAt < sentBefore && call.IsMissed(at, (at - sentBefore) / 2))
            {
                yield return (call, new() { Kind = CallFactKind.Missing, At = at, Reason = new() { Text = "the call was gone when the server could be asked again" } });
            }
        }
    }

    /// <summary>The agent of a call that was joined while nobody listened is whose channel is in the bridge with the customer's.</summary>
    CallFact Joined(BoardCall call, CoreShowChannelEvent customer, ChannelList channels, DateTimeOffset at)
    {
        call.Joined = true;
        var other = channels.InBridgeWith(customer);
        return new() { Kind = CallFactKind.AgentConnected, At = at, Agent = call.Agent ?? (other is null ? null : AgentOn(other.Channel)) };
    }

    /// <summary>The agent whose phone a channel such as <c>PJSIP/9001-0000002a</c> is.</summary>
    AgentId AgentOn(string channel) => agentOf(InterfaceOf(channel));

    static string InterfaceOf(string channel) => channel.LastIndexOf('-') is > 0 and var dash ? channel[..dash] : channel;

    /// <summary>The interface of the agent whose agent-first call with a customer the event ends: their wrap-up begins, and app_queue knows nothing of it.</summary>
    public string? AgentReleasedBy(AmiEvent e) =>
        e is HangupEvent h && (Ours(h.UniqueId) ?? _byCustomerChannel.GetValueOrDefault(h.UniqueId)) is { AgentFirst: true, Joined: true, ChannelName: { } channel }
            ? InterfaceOf(channel) : null;

    /// <summary>The event joins a customer of ours with the agent whom a queue of this server found.</summary>
    public bool IsJoinedByQueue(AmiEvent e) => e is BridgeEnterEvent b && Ours(b.UniqueId) is { AgentFirst: false, Queue: not null };

    BoardCall? Ours(string uniqueId) => uniqueId.StartsWith(AttemptId.Prefix, StringComparison.Ordinal) ? Find(new(uniqueId)) : null;

    static (BoardCall, CallFact)? Named(BoardCall call, ChannelEvent e, CallFact? fact)
    {
        call.ChannelName = e.Channel;
        return fact is null ? null : (call, fact);
    }

    static CallFact? OfState(ChannelState state, DateTimeOffset at) => state switch
    {
        ChannelState.Ringing => new() { Kind = CallFactKind.Ringing, At = at },
        ChannelState.Up => new() { Kind = CallFactKind.Answered, At = at },
        _ => null,
    };

    (BoardCall, CallFact) CustomerDialed(BoardCall call, DialBeginEvent e, DateTimeOffset at)
    {
        Follow(call, e.DestUniqueId);
        return (call, new() { Kind = CallFactKind.Created, At = at });
    }

    void Follow(BoardCall call, string customerUniqueId)
    {
        call.CustomerUniqueId = customerUniqueId;
        _byCustomerChannel[customerUniqueId] = call;
    }

    static CallFact DialEnded(DialEndEvent e, DateTimeOffset at) => new() { Kind = CallFactKind.DialEnded, At = at, Reason = new() { DialStatus = e.DialStatus } };

    static (BoardCall, CallFact) CustomerDialEnded(BoardCall call, DialEndEvent e, DateTimeOffset at)
    {
        if (e.DialStatus != DialStatuses.Answer) return (call, DialEnded(e, at));
        // The agent has been waiting on the line: answered and connected are one moment.
        call.Joined = true;
        return (call, new() { Kind = CallFactKind.AgentConnected, At = at, Agent = call.Agent });
    }

    /// <summary>Agent first through the queue itself: only now it is known whose phone the queue rang; the customer is dialed next.</summary>
    (BoardCall, CallFact)? QueueRangAgent(BoardCall call, AgentConnectEvent e)
    {
        call.Agent = agentOf(e.Interface);
        return null;
    }

    static (BoardCall, CallFact) Responded(BoardCall call, OriginateResponseEvent e, DateTimeOffset at)
    {
        call.Responded = true;
        return e.Success
            ? (call, new() { Kind = CallFactKind.OriginateSucceeded, At = at })
            : (call, new() { Kind = CallFactKind.OriginateFailed, At = at, Reason = call.ChannelName is null ? new() { Text = $"Asterisk could not make the channel (Originate reason {e.Reason}): does the trunk's endpoint exist?" } : null });
    }

    /// <summary>Agent first, the customer's own cause is the one that counts; the agent's channel ends after theirs, and with it the call.</summary>
    static (BoardCall, CallFact) HungUp(BoardCall call, HangupEvent e, DateTimeOffset at) =>
        (call, new() { Kind = CallFactKind.HungUp, At = at, Reason = call.CustomerReason ?? Reason(e) });

    static (BoardCall, CallFact)? CustomerHungUp(BoardCall call, HangupEvent e)
    {
        call.CustomerReason = Reason(e);
        return null;
    }

    static EndReason Reason(HangupEvent e) => new() { Cause = e.Cause, SipCode = SipCode(e.TechCause), Text = e.CauseText.Length > 0 ? e.CauseText : null };

    static int? SipCode(string techCause) =>
        techCause.Length >= 3 && int.TryParse(techCause.AsSpan(0, 3), out var code) && code is >= 100 and < 700 ? code : null;
}

/// <summary>One call as its server sees it.</summary>
sealed class BoardCall(AttemptIntent intent, bool agentFirst)
{
    public AttemptId Attempt => intent.Id;
    public CampaignId Campaign => intent.Campaign;
    public TrunkId Trunk => intent.Trunk;
    /// <summary>Null: it is not for agents.</summary>
    public QueueId? Queue => intent.Queue;
    public bool AgentFirst => agentFirst;
    /// <summary>When the Originate was handed to the connection; null while it waits for its turn.</summary>
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>It may or may not be there: the next list of channels tells.</summary>
    public bool InDoubt { get; set; }
    /// <summary>Asterisk took the Originate.</summary>
    public bool Accepted { get; set; }
    /// <summary>OriginateResponse was seen.</summary>
    public bool Responded { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public bool HungUp { get; set; }
    public AgentId? Agent { get; set; }
    /// <summary>Agent first: the customer has answered.</summary>
    public bool Joined { get; set; }
    public string? ChannelName { get; set; }
    public string? CustomerUniqueId { get; set; }
    public EndReason? CustomerReason { get; set; }
    /// <summary>Leads the call once it is answered; null if Asterisk does by itself what is to be done.</summary>
    public AnswerScript? Script { get; private set; }
    /// <summary>Where in the dialplan it goes on by itself once it is answered; null: in an application.</summary>
    public string? Place { get; set; }
    /// <summary>What the call told first of its trunk.</summary>
    public Pacing.TrunkResult? TrunkResult { get; set; }
    /// <summary>The far side gave a sign, be it late.</summary>
    public bool Reached { get; set; }
    /// <summary>The campaign wants AMD and the server cannot.</summary>
    public bool Unjudged { get; set; }

    public void Follow(AnswerScript script) => Script = script;

    DateTimeOffset? _missedAt;

    /// <summary>A list did not have it. False: another one has to say so too, at least <paramref name="again"/> later.</summary>
    public bool IsMissed(DateTimeOffset at, TimeSpan again)
    {
        _missedAt ??= at;
        return Accepted || Responded || ChannelName is not null || at - _missedAt >= again;
    }

    public void Shift(TimeSpan step) => (SentAt, EndedAt, _missedAt) = (SentAt + step, EndedAt + step, _missedAt + step);

    /// <summary>Another activation has led it until now: how far, its channel tells.</summary>
    public void Resume(AnswerScript script) => (Script, InDoubt) = (script, true);
}
