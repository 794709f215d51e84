using Orleans;

namespace Carillon.Campaigns;

/// <summary>Where calls of an Agentless campaign go once they are answered: a message, or a place in the dialplan.</summary>
[GenerateSerializer, Immutable]
public sealed record AgentlessConfig
{
    /// <summary>The sound that is played, as <c>Playback</c> names it: no extension, below the server's sounds. The call ends with it.</summary>
    [Id(0)] public string? Message { get; init; }

    /// <summary>Instead of a message: the context of a script in the server's dialplan.</summary>
    [Id(1)] public string? Context { get; init; }

    /// <summary>The script's extension; it starts at priority 1.</summary>
    [Id(2)] public string? Extension { get; init; }

    /// <summary>Keys that end the message and are recorded with the call, such as <c>12#</c>. Default none.</summary>
    [Id(3)] public string? Keys { get; init; }

    /// <summary>How long to wait for a key after the message. Default 5 s.</summary>
    [Id(4)] public TimeSpan KeyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
