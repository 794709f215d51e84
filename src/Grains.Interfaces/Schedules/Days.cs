using System.Collections.Immutable;
using Orleans;

namespace Carillon.Schedules;

/// <summary>Both dates included; null: without beginning, or without end.</summary>
[GenerateSerializer, Immutable]
public readonly record struct DateRange([property: Id(0)] DateOnly? From = null, [property: Id(1)] DateOnly? To = null)
{
    public bool Contains(DateOnly date) => !(date < From) && !(date > To);
}

/// <summary>From <see cref="From"/> (inclusive) to <see cref="To"/> (exclusive) local time; a <see cref="To"/> of 00:00 is the end of the day.</summary>
[GenerateSerializer, Immutable]
public readonly record struct TimeRange([property: Id(0)] TimeOnly From, [property: Id(1)] TimeOnly To);

/// <summary><see cref="On"/> working days from <see cref="From"/> on, then <see cref="Off"/> days off, and so on; before that date it went the same way.</summary>
[GenerateSerializer, Immutable]
public sealed record DayCycle([property: Id(0)] DateOnly From, [property: Id(1)] int On, [property: Id(2)] int Off)
{
    /// <summary>The longest cycle, working days and days off together.</summary>
    public const int Longest = 366;

    /// <summary>False: it has no days, or too many, and cannot be asked.</summary>
    public bool IsPossible() => On >= 1 && Off >= 1 && (long)On + Off <= Longest;

    public bool Works(DateOnly date) => Place(date) < On;

    /// <summary>The last date of the stretch of working days, or days off, that a date is in.</summary>
    public DateOnly StretchEnd(DateOnly date) => date.AddDays((Works(date) ? On : On + Off) - Place(date) - 1);

    int Place(DateOnly date) => ((date.DayNumber - From.DayNumber) % (On + Off) + On + Off) % (On + Off);
}

/// <summary>The hours of some dates. No hours: closed.</summary>
[GenerateSerializer, Immutable]
public sealed record DatedHours
{
    [Id(0)] public required DateOnly From { get; init; }
    /// <summary>The last date. Null: <see cref="From"/> alone.</summary>
    [Id(1)] public DateOnly? To { get; init; }
    [Id(2)] public ImmutableArray<TimeRange> Hours { get; init; } = [];
}

/// <summary>A time of day that is closed.</summary>
[GenerateSerializer, Immutable]
public sealed record ClosedHours
{
    [Id(0)] public required TimeOnly From { get; init; }
    /// <summary>Exclusive; 00:00 is the end of the day. A range over midnight is written as two.</summary>
    [Id(1)] public required TimeOnly To { get; init; }
    /// <summary>Empty: every day of the week.</summary>
    [Id(2)] public ImmutableArray<DayOfWeek> Days { get; init; } = [];
    /// <summary>Null: at all times.</summary>
    [Id(3)] public DateRange? Dates { get; init; }
}
