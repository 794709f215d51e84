using System.Collections.Immutable;
using Orleans;

namespace Carillon.Calendars;

/// <summary>
/// A national (or a company's own) calendar of working days: what differs from Monday to Friday. Schedules and contact rules follow it by its id; an included
/// one (<see cref="IncludedCalendars"/>) by its name, such as <c>RU</c>.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record CalendarConfig
{
    /// <summary>Shown to people; unique. Names of included calendars are taken.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public string? Title { get; init; }
    /// <summary>The law or decision that it is from.</summary>
    [Id(2)] public string? Source { get; init; }
    /// <summary>The included calendar that this one adds to, such as <c>RU</c>; a year that both have is taken from this one. Null: it stands alone.</summary>
    [Id(3)] public string? Extends { get; init; }
    /// <summary>Public holidays of every year, month and day, such as <c>01-07</c>; also of years that are not listed.</summary>
    [Id(4)] public ImmutableArray<string> Holidays { get; init; } = [];
    /// <summary>What was decided for single years. Years that are not listed have their <see cref="Holidays"/> and nothing else.</summary>
    [Id(5)] public ImmutableArray<CalendarYear> Years { get; init; } = [];
}

/// <summary>One year of a calendar, as it was decided.</summary>
[GenerateSerializer, Immutable]
public sealed record CalendarYear
{
    [Id(0)] public required int Year { get; init; }
    [Id(1)] public string? Source { get; init; }
    /// <summary>Days off besides the yearly holidays: those that were moved to, and holidays without a fixed date.</summary>
    [Id(2)] public ImmutableArray<DateOnly> DaysOff { get; init; } = [];
    /// <summary>Working days that end earlier because a holiday follows.</summary>
    [Id(3)] public ImmutableArray<DateOnly> Shortened { get; init; } = [];
    /// <summary>Saturdays and Sundays on which people work.</summary>
    [Id(4)] public ImmutableArray<WorkedWeekend> Worked { get; init; } = [];
}

/// <param name="InsteadOf">The working day that became a day off for it; its weekday's hours apply. Null: a Friday's.</param>
[GenerateSerializer, Immutable]
public readonly record struct WorkedWeekend([property: Id(0)] DateOnly Date, [property: Id(1)] DateOnly? InsteadOf = null);
