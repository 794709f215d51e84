using System.Collections.Immutable;
using Orleans;

namespace Carillon.Servers;

/// <summary>How to reach one Asterisk by AMI.</summary>
[GenerateSerializer, Immutable]
public sealed record ServerConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Host { get; init; }
    /// <summary>Default 5038, over TLS usually 5039.</summary>
    [Id(2)] public int Port { get; init; } = 5038;
    [Id(3)] public required string Username { get; init; }
    /// <summary>Write-only for clients: never read out.</summary>
    [Id(4)] public required string Secret { get; init; }
    [Id(5)] public bool Tls { get; init; }
    /// <summary>PEM file with the CA that signed the server's certificate; null: the machine's own trust.</summary>
    [Id(6)] public string? TlsCaFile { get; init; }
    /// <summary>At most so many calls a second are started on this server, over all trunks. Default 20.</summary>
    [Id(7)] public double CallsPerSecond { get; init; } = 20;
    /// <summary>At most so many calls of ours at once on this server. Default 300.</summary>
    [Id(8)] public int Channels { get; init; } = 300;
    /// <summary>Off: not connected.</summary>
    [Id(9)] public bool Enabled { get; init; } = true;
    /// <summary>
    /// A context of the server's dialplan whose extension <c>s</c> runs <c>AGI(agi:async)</c>. With it, AMD and messages need the write class <c>agi</c> only;
    /// without it <c>system</c> too, because Asterisk takes an Originate of AGI for one that could run programs. Default none.
    /// </summary>
    [Id(10)] public string? AgiContext { get; init; }
}

/// <summary>A way out of a server.</summary>
[GenerateSerializer, Immutable]
public sealed record TrunkConfig
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required ServerId Server { get; init; }
    /// <summary>
    /// The channel to originate, with one placeholder: <c>{number}</c> (digits without plus), <c>{e164}</c> (with plus) or <c>{national}</c>
    /// (national form with its trunk prefix). Example: <c>PJSIP/{number}@carrier</c>.
    /// </summary>
    [Id(2)] public required string DialString { get; init; }
    /// <summary>At most so many calls of ours at once on this trunk. Default 30.</summary>
    [Id(3)] public int Channels { get; init; } = 30;
    /// <summary>At most so many calls a second are started on this trunk. Default 10.</summary>
    [Id(4)] public double CallsPerSecond { get; init; } = 10;
    /// <summary>Used when the campaign names no caller ID.</summary>
    [Id(5)] public string? CallerId { get; init; }
    /// <summary>
    /// Only numbers that begin so (E.164 with plus) or are of its <see cref="Regions"/> go this way; neither given: all. A number goes by the trunk that it fits with
    /// the most digits, by another one if there is no room.
    /// </summary>
    [Id(6)] public ImmutableArray<string> Prefixes { get; init; } = [];
    [Id(7)] public bool Enabled { get; init; } = true;
    /// <summary>Trunks of a lower number are used first, such as the cheaper ones; among equals the emptiest. 0 to 100, default 0.</summary>
    [Id(8)] public int Priority { get; init; }
    /// <summary>IANA time zones whose numbers go this way, as area codes tell them. A number that may be in several zones, such as a mobile one, must be in these in any case. Default none.</summary>
    [Id(9)] public ImmutableArray<string> Regions { get; init; } = [];
}

public enum ServerState { Unknown, Connecting, Online, Draining, Offline }
