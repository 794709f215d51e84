using Carillon.Ami.Events;

namespace Carillon.Ami;

delegate AmiEvent EventDecoder(ref HeaderCursor headers);

/// <summary>What to do with an event of one name.</summary>
/// <param name="Wanted">The consumer asked for it.</param>
/// <param name="Droppable">It may be shed when the consumer is late.</param>
/// <param name="RowOnly">It is a row of a list and never a live event.</param>
/// <param name="ForLink">The connection itself reads it, whether the consumer asked or not.</param>
/// <param name="FreeKeys">Whoever sends it may add any key, also one that it has already: the first one counts.</param>
sealed record EventKind(string Name, EventDecoder? Decoder, bool Wanted, bool Droppable, bool RowOnly, bool ForLink = false, bool FreeKeys = false)
{
    // Where the headers were in the last event of this kind. All readers share it: whatever one of them finds there, it checks.
    readonly int[] _steps = new int[32];

    public AmiEvent Decode(ref HeaderCursor headers)
    {
        if (Decoder is null) return new UntypedEvent(Name, headers.All()) { Epoch = headers.Epoch };
        if (!FreeKeys) headers.Learn(_steps);
        return Decoder(ref headers);
    }
}

/// <summary>All event names that have a class or that the consumer asked for.</summary>
sealed class EventCatalog
{
    static readonly Dictionary<string, EventDecoder> Decoders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Newchannel"] = static (ref h) => new NewchannelEvent(ref h),
        ["Newstate"] = static (ref h) => new NewstateEvent(ref h),
        ["Hangup"] = static (ref h) => new HangupEvent(ref h),
        ["Rename"] = static (ref h) => new RenameEvent(ref h),
        ["VarSet"] = static (ref h) => new VarSetEvent(ref h),
        ["DialBegin"] = static (ref h) => new DialBeginEvent(ref h),
        ["DialState"] = static (ref h) => new DialStateEvent(ref h),
        ["DialEnd"] = static (ref h) => new DialEndEvent(ref h),
        ["OriginateResponse"] = static (ref h) => new OriginateResponseEvent(ref h),
        ["BridgeEnter"] = static (ref h) => new BridgeEnterEvent(ref h),
        ["BridgeLeave"] = static (ref h) => new BridgeLeaveEvent(ref h),
        ["Cdr"] = static (ref h) => new CdrEvent(ref h),
        ["QueueCallerJoin"] = static (ref h) => new QueueCallerJoinEvent(ref h),
        ["QueueCallerLeave"] = static (ref h) => new QueueCallerLeaveEvent(ref h),
        ["QueueCallerAbandon"] = static (ref h) => new QueueCallerAbandonEvent(ref h),
        ["AgentCalled"] = static (ref h) => new AgentCalledEvent(ref h),
        ["AgentConnect"] = static (ref h) => new AgentConnectEvent(ref h),
        ["AgentComplete"] = static (ref h) => new AgentCompleteEvent(ref h),
        ["AgentRingNoAnswer"] = static (ref h) => new AgentRingNoAnswerEvent(ref h),
        ["QueueMemberStatus"] = static (ref h) => new QueueMemberStatusEvent(ref h),
        ["QueueMemberAdded"] = static (ref h) => new QueueMemberAddedEvent(ref h),
        ["QueueMemberRemoved"] = static (ref h) => new QueueMemberRemovedEvent(ref h),
        ["QueueMemberPause"] = static (ref h) => new QueueMemberPauseEvent(ref h),
        ["QueueMemberPenalty"] = static (ref h) => new QueueMemberPenaltyEvent(ref h),
        ["QueueMemberRinginuse"] = static (ref h) => new QueueMemberRinginuseEvent(ref h),
        ["UserEvent"] = static (ref h) => new UserEvent(ref h),
        ["FullyBooted"] = static (ref h) => new FullyBootedEvent(ref h),
        ["Shutdown"] = static (ref h) => new ShutdownEvent(ref h),
        ["Reload"] = static (ref h) => new ReloadEvent(ref h),
        ["DeviceStateChange"] = static (ref h) => new DeviceStateChangeEvent(ref h),
        ["PeerStatus"] = static (ref h) => new PeerStatusEvent(ref h),
        ["ContactStatus"] = static (ref h) => new ContactStatusEvent(ref h),
        ["AsyncAGIStart"] = static (ref h) => new AsyncAgiStartEvent(ref h),
        ["AsyncAGIExec"] = static (ref h) => new AsyncAgiExecEvent(ref h),
        ["AsyncAGIEnd"] = static (ref h) => new AsyncAgiEndEvent(ref h),
    };

    static readonly Dictionary<string, EventDecoder> Rows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CoreShowChannel"] = static (ref h) => new CoreShowChannelEvent(ref h),
        ["QueueParams"] = static (ref h) => new QueueParamsEvent(ref h),
        ["QueueMember"] = static (ref h) => new QueueMemberEvent(ref h),
        ["QueueEntry"] = static (ref h) => new QueueEntryEvent(ref h),
    };

    const int SlotBits = 8;

    readonly Dictionary<string, EventKind>.AlternateLookup<ReadOnlySpan<byte>> _kinds;
    // The kinds found before, each where its name's hash says: saves 1 to 2 % of an event (docs/ami.md). Readers that share it can only overwrite one whole entry by another.
    readonly Known?[] _lately = new Known?[1 << SlotBits];

    /// <param name="wanted">Names that the consumer asked for.</param>
    /// <param name="droppable">Names that may be shed.</param>
    public EventCatalog(IEnumerable<string> wanted, IReadOnlySet<string> droppable)
    {
        var asked = wanted.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kinds = new Dictionary<string, EventKind>(AsciiComparer.Instance);
        foreach (var (name, decoder) in Rows) kinds[name] = new(name, decoder, Wanted: false, Droppable: false, RowOnly: true);
        foreach (var (name, decoder) in Decoders) kinds[name] = new(name, decoder, asked.Contains(name), droppable.Contains(name), RowOnly: false, name is "FullyBooted" or "Shutdown", name is "UserEvent");
        foreach (var name in asked) kinds.TryAdd(name, new(name, null, Wanted: true, droppable.Contains(name), RowOnly: false));
        _kinds = kinds.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public EventKind? Find(ReadOnlySpan<byte> name)
    {
        ref var slot = ref _lately[(int)(AsciiText.Hash(name) >> 64 - SlotBits)];
        if (slot is { } known && name.SequenceEqual(known.Written)) return known.Kind;
        if (!_kinds.TryGetValue(name, out var kind)) return null;
        slot = new(name.ToArray(), kind);
        return kind;
    }

    /// <param name="Written">As Asterisk writes the name.</param>
    sealed record Known(byte[] Written, EventKind Kind);
}
