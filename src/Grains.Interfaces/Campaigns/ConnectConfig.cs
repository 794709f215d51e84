using Orleans;

namespace Carillon.Campaigns;

/// <summary>
/// A place in the server's dialplan where answered calls go on, instead of the application Queue. What stands there has to lead into the campaign's queue,
/// on the same channel: the queue's own events tell who talks, and who was abandoned.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ConnectConfig
{
    [Id(0)] public required string Context { get; init; }

    /// <summary>Default s.</summary>
    [Id(1)] public string Extension { get; init; } = "s";

    /// <summary>The step of the extension at which it begins, 1 to 1000. Default 1.</summary>
    [Id(2)] public int Priority { get; init; } = 1;

    public override string ToString() => $"{Extension}@{Context}";
}
