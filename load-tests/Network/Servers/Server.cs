using System.Net;

namespace Carillon.Network;

/// <summary>One simulated Asterisk: its calls, queues and trunks, and AMI on loopback.</summary>
public sealed partial class Server
{
    readonly AmiText _event = new();
    readonly AmiText _empty = new();
    readonly AmiListener _listener;
    DateTimeOffset _started;
    int _uniqueIds;
    int _channels;
    int _locals;
    int _bridges;

    internal Server(TelephoneNetwork network, ServerConfig config, int index)
    {
        (Network, Config, Index) = (network, config, index);
        Trunks = [.. config.Trunks.Select(t => new Trunk(this, t))];
        Queues = config.Queues.ToDictionary(q => q.Name, q => new CallQueue(this, q), StringComparer.OrdinalIgnoreCase);
        _listener = new(this, config.AmiPort);
        _started = network.Time.GetUtcNow();
    }

    public ServerConfig Config { get; }
    public string Name => Config.Name;
    public IReadOnlyList<Trunk> Trunks { get; }
    public ServerCounters Counters { get; } = new();

    /// <summary>Where AMI listens; known once the server was started.</summary>
    public IPEndPoint AmiEndPoint => _listener.EndPoint;

    /// <summary>Channels now.</summary>
    public int ChannelCount { get { lock (Network.Gate) return Channels.Count; } }

    /// <summary>AMI sessions now.</summary>
    public int SessionCount { get { lock (Network.Gate) return Sessions.Count; } }

    /// <summary>AMI sessions that are told of calls now.</summary>
    public int ListenerCount { get { lock (Network.Gate) return Sessions.Count(s => s.Listens.HasFlag(EventClass.Call)); } }

    internal TelephoneNetwork Network { get; }
    internal int Index { get; }
    internal bool Is22 => Config.Version == AsteriskVersion.V22;
    internal string AmiVersion => Is22 ? "11.0.0" : "5.0.4";
    internal string VersionText => Is22 ? "22.10.1" : "16.28.0";
    internal DateTimeOffset Now => Network.Scheduler.Now;
    internal DateTimeOffset StartedAt => _started;
    internal Dictionary<string, Channel> Channels { get; } = new(StringComparer.Ordinal);
    internal Dictionary<string, CallQueue> Queues { get; private set; }
    internal List<Bridge> Bridges { get; } = [];
    internal List<AmiSession> Sessions { get; } = [];
    internal Dictionary<string, string> Globals { get; } = [];
    internal long ProcessedCalls { get; set; }

    /// <summary>Union of what the sessions listen to: nothing is formatted for nobody.</summary>
    EventClass Wanted { get; set; }

    internal void MasksChanged() => Wanted = Sessions.Aggregate(EventClass.None, (mask, session) => mask | session.Listens);

    /// <summary>Begins an event, or null when nobody listens to its class. Write the rest, then <see cref="Send"/>.</summary>
    internal AmiText? Event(EventClass eventClass, ReadOnlySpan<byte> name)
    {
        if ((Wanted & eventClass) == 0 || _silent) return null;
        _eventClass = eventClass;
        _event.Clear();
        _event.Line("Event: "u8, name).Line("Privilege: "u8, EventClasses.Privilege(eventClass));
        if (Config.TimestampEvents) Timestamp(_event.Raw("Timestamp: "u8)).NewLine();
        return _event.Line("SystemName: "u8, Name);
    }

    EventClass _eventClass;
    bool _silent;

    internal void Send(AmiText text)
    {
        text.NewLine();
        foreach (var session in Sessions)
        {
            if ((session.Listens & _eventClass) == 0 || !session.Filter.Passes(text.Written)) continue;
            Counters.Events++;
            session.Append(text.Written);
        }
    }

    internal AmiText Timestamp(AmiText text)
    {
        var ticks = Now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        text.Number(ticks / TimeSpan.TicksPerSecond).Raw("."u8);
        var micros = ticks % TimeSpan.TicksPerSecond / 10;
        for (var digit = 100_000; digit > 1 && micros < digit; digit /= 10) text.Raw("0"u8);
        return text.Number(micros);
    }

    internal string NextUniqueId() => $"{Name}-{Now.ToUnixTimeSeconds()}.{_uniqueIds++}";

    internal string NextBridgeId()
    {
        var dice = new Dice(Network.Config.Seed, Name, ++_bridges);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 16; i++) bytes[i] = (byte)dice.Below(256);
        return new Guid(bytes).ToString();
    }

    /// <summary>A leg for a dial string: PJSIP/number@trunk, PJSIP/phone or Local/exten@context. Null: nothing of that name.</summary>
    internal Channel? NewChannel(string dialString, IChannelOwner owner, string? uniqueId, string? linkedId)
    {
        var slash = dialString.IndexOf('/');
        if (slash < 0) return null;
        var destination = dialString[(slash + 1)..];
        if (dialString.StartsWith("Local/", StringComparison.OrdinalIgnoreCase)) return NewLocal(destination, owner, uniqueId, linkedId);
        if (!dialString.StartsWith("PJSIP/", StringComparison.OrdinalIgnoreCase)) return null;
        var at = destination.IndexOf('@');
        if (at < 0) return Network.PhoneOf(destination, this) is { } phone ? NewPhoneChannel(phone, owner, linkedId, uniqueId) : null;
        if (Trunks.FirstOrDefault(t => t.Name == destination[(at + 1)..]) is not { } trunk) return null;
        var number = Digits(destination[..at]);
        ProcessedCalls++;
        return new Channel(this, $"PJSIP/{trunk.Name}-{_channels++:x8}", uniqueId ?? NextUniqueId(), linkedId)
        {
            FarEnd = trunk.Leg(number),
            Owner = owner,
            Context = "from-carrier",
        };
    }

    internal Channel NewPhoneChannel(Phone phone, IChannelOwner owner, string? linkedId, string? uniqueId = null) =>
        new(this, $"PJSIP/{phone.Endpoint}-{_channels++:x8}", uniqueId ?? NextUniqueId(), linkedId)
        {
            FarEnd = phone.Leg(),
            Owner = owner,
            Context = "from-agents",
            CallerNumber = phone.Endpoint,
            CallerName = phone.Agent.Config.Name,
        };

    Channel? NewLocal(string destination, IChannelOwner owner, string? uniqueId, string? linkedId)
    {
        var parts = destination.Split('/')[0].Split('@');
        if (parts.Length != 2 || DialplanRun.Find(this, parts[1], parts[0]) is null) return null;
        return new Channel(this, $"Local/{parts[0]}@{parts[1]}-{_locals++:x8};1", uniqueId ?? NextUniqueId(), linkedId)
        {
            FarEnd = new LocalHalf(),
            Owner = owner,
            Context = parts[1],
            Exten = parts[0],
        };
    }

    static string Digits(string number) => number.StartsWith('+') ? number[1..] : number;

    internal void DeviceChanged(string device, string state)
    {
        if (Event(EventClass.Call, "DeviceStateChange"u8) is { } e) Send(e.Line("Device: "u8, device).Line("State: "u8, state));
    }

    internal void DeviceChanged(Trunk trunk)
    {
        if (trunk.DeviceStateMoved()) DeviceChanged($"PJSIP/{trunk.Name}", trunk.DeviceState);
    }

    internal void DeviceChanged(Phone phone)
    {
        if (!phone.Agent.KnownTo(this)) return;
        DeviceChanged(phone.Agent.Interface, phone.DeviceState);
        foreach (var queue in Queues.Values) queue.Find(phone.Agent.Interface)?.Write("QueueMemberStatus"u8);
    }

    internal AmiText Scratch()
    {
        _empty.Clear();
        return _empty;
    }

    public override string ToString() => $"{Name} {AmiEndPoint}";
}
