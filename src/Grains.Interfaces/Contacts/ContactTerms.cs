using System.Collections.Immutable;
using Orleans;

namespace Carillon.Contacts;

/// <summary>What one call must keep to, as the campaign worked it out of all rules; the subscriber checks it at the last moment.</summary>
[GenerateSerializer, Immutable]
public sealed record ContactTerms
{
    public static readonly ContactTerms Free = new();

    /// <summary>The hours of schedule and rules end at this instant. Null: they do not end.</summary>
    [Id(0)] public DateTimeOffset? Until { get; init; }
    /// <summary>When the number's own hours begin again after that. Null: it is not they that end.</summary>
    [Id(1)] public DateTimeOffset? Again { get; init; }
    [Id(2)] public ImmutableArray<CallCap> Caps { get; init; } = [];
    /// <summary>From the end of the last call; 0: none.</summary>
    [Id(3)] public TimeSpan MinGap { get; init; }
    /// <summary>The zones whose days, weeks and months the caps count by: whichever is reached in one of them is reached.</summary>
    [Id(4)] public ImmutableArray<string> Zones { get; init; } = [];
}

/// <summary>A call to a number, of whatever campaign.</summary>
/// <param name="EndedAt">Null: it has not ended.</param>
/// <param name="WasAnswered">By a person.</param>
public readonly record struct PastCall(DateTimeOffset At, DateTimeOffset? EndedAt, bool WasAnswered);
