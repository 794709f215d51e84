using System.Collections.Immutable;
using Carillon.Schedules;
using Orleans;

namespace Carillon.Contacts;

/// <summary>When, and how often, a number may be called. All times are those of the called party's own clock; every rule that concerns a number must allow the call.</summary>
[GenerateSerializer, Immutable]
public sealed record ContactRule
{
    /// <summary>It concerns numbers that begin so, in E.164 with plus. Empty: all numbers.</summary>
    [Id(0)] public ImmutableArray<string> Prefixes { get; init; } = [];
    /// <summary>Calls are allowed within these hours. Empty: at any time.</summary>
    [Id(1)] public ImmutableArray<OpenHours> Hours { get; init; } = [];
    /// <summary>The calendar of working days that <see cref="Hours"/> follow. Null: a holiday is a day like any other.</summary>
    [Id(2)] public CalendarRule? Calendar { get; init; }
    /// <summary>Cut out of the hours, or of the whole day if there are none.</summary>
    [Id(3)] public ImmutableArray<ClosedHours> Quiet { get; init; } = [];
    /// <summary>All of them hold. They count the calls of all campaigns.</summary>
    [Id(4)] public ImmutableArray<CallCap> Caps { get; init; } = [];
    /// <summary>At least so long from the end of a call, of whatever campaign, to the next. 0 (default): no such rule; at most 31 days.</summary>
    [Id(5)] public TimeSpan MinGap { get; init; }

    public bool Concerns(string number) => Prefixes.IsDefaultOrEmpty || Prefixes.Any(p => number.StartsWith(p, StringComparison.Ordinal));
}

/// <summary>At most so many calls to a number in a time.</summary>
[GenerateSerializer, Immutable]
public sealed record CallCap
{
    /// <summary>1 to 100.</summary>
    [Id(0)] public required int Calls { get; init; }
    [Id(1)] public required CapPeriod Per { get; init; }
    /// <summary>Default: every attempt, whatever became of it.</summary>
    [Id(2)] public CountedCalls Counts { get; init; } = CountedCalls.EveryCall;
    /// <summary>
    /// False (default): calendar days, weeks from Monday and months of the called party's clock, as laws name them. True: the last 24 hours, 7 days or 31 days,
    /// which is stricter: it keeps the calendar's counts too, but a number that was called at noon cannot be called again before noon.
    /// </summary>
    [Id(3)] public bool Rolling { get; init; }
}

public enum CapPeriod { Day, Week, Month }

public enum CountedCalls
{
    EveryCall,
    /// <summary>Somebody answered, also if no agent came in time; a machine is nobody.</summary>
    Answered,
}
