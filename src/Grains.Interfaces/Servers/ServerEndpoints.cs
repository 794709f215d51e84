using System.Collections.Immutable;
using Orleans;

namespace Carillon.Servers;

/// <summary>What a trunk of a server could dial through, as Asterisk tells it now.</summary>
[GenerateSerializer, Immutable]
public sealed record ServerEndpoints
{
    /// <summary>At most so many are told.</summary>
    public const int Most = 1000;

    /// <summary>By name, without the phones of queues' members. Empty if Asterisk could not be asked.</summary>
    [Id(0)] public ImmutableArray<ServerEndpoint> Endpoints { get; init; } = [];

    /// <summary>Why it could not be asked; null: it was.</summary>
    [Id(1)] public string? Problem { get; init; }
}

/// <param name="Name">Endpoint or peer, such as <c>PJSIP/carrier</c>.</param>
/// <param name="DialString">Of a trunk that dials through it, such as <c>PJSIP/{number}@carrier</c>.</param>
/// <param name="IsReachable">Null: Asterisk does not say.</param>
[GenerateSerializer, Immutable]
public sealed record ServerEndpoint([property: Id(0)] string Name, [property: Id(1)] string DialString, [property: Id(2)] bool? IsReachable);
