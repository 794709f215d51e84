using Orleans;

namespace Carillon.Dispositions;

/// <summary>What was said of a call, with what it meant when it was said: a later change of the disposition changes no call record.</summary>
[GenerateSerializer, Immutable]
public sealed record CallDisposition
{
    [Id(0)] public required DispositionId Id { get; init; }
    [Id(1)] public required DispositionConfig Meaning { get; init; }
    [Id(2)] public required DateTimeOffset At { get; init; }
    /// <summary>The user who said it.</summary>
    [Id(3)] public required string By { get; init; }
    /// <summary>When the agent chose to call again.</summary>
    [Id(4)] public DateTimeOffset? CallAt { get; init; }
    [Id(5)] public string? Note { get; init; }

    /// <summary>Said again, nothing changes: whoever says it, and whenever.</summary>
    public bool IsSameAs(CallDisposition? other) => other is not null && other.Id == Id && other.CallAt == CallAt && other.Note == Note;
}
