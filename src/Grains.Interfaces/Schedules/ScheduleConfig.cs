using System.Collections.Immutable;
using Orleans;

namespace Carillon.Schedules;

/// <summary>
/// When to dial and how often, in two columns: for leads that have not answered yet (new ones too) and for those that have.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ScheduleConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }
    /// <summary>IANA name of the zone that the hours are in, such as <c>Europe/Moscow</c>.</summary>
    [Id(1)] public required string TimeZone { get; init; }
    [Id(2)] public required ScheduleColumn Unanswered { get; init; }
    /// <summary>Null: as <see cref="Unanswered"/>, with one attempt: who has answered is not called again.</summary>
    [Id(3)] public ScheduleColumn? Answered { get; init; }
    [Id(4)] public string? Group { get; init; }
    /// <summary>It opens between these dates only. Null: no such limit.</summary>
    [Id(5)] public DateRange? Valid { get; init; }
    /// <summary>Such as 2/2: weekday hours count on its working days only. Null: on all days.</summary>
    [Id(6)] public DayCycle? Cycle { get; init; }
    /// <summary>The calendar of working days that the weekday hours follow. Null: a holiday is a day like any other.</summary>
    [Id(7)] public CalendarRule? Calendar { get; init; }
    /// <summary>Dates with hours of their own, or none, whatever weekday, cycle and calendar say. Where several hold, the first counts.</summary>
    [Id(8)] public ImmutableArray<DatedHours> Dates { get; init; } = [];
    /// <summary>Cut out of every day, those of <see cref="Dates"/> too: lunch, a weekly meeting.</summary>
    [Id(9)] public ImmutableArray<ClosedHours> Breaks { get; init; } = [];

    public ScheduleColumn Column(bool hasAnswered) => hasAnswered ? Answered ?? Unanswered with { Attempts = 1 } : Unanswered;
}

[GenerateSerializer, Immutable]
public sealed record ScheduleColumn
{
    /// <summary>Several ranges a day are allowed; overlapping ones count once. Empty: never open.</summary>
    [Id(0)] public required ImmutableArray<OpenHours> Hours { get; init; }
    /// <summary>
    /// At least 1. Unanswered: attempts until the lead answers. Answered: attempts counted from the one that was answered first, that one
    /// included; 1 means that who has answered is not called again.
    /// </summary>
    [Id(1)] public int Attempts { get; init; } = 1;
    /// <summary>From the end of one attempt to the next. Default 3 minutes.</summary>
    [Id(2)] public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(3);
}

/// <summary>Open from <see cref="From"/> (inclusive) to <see cref="To"/> (exclusive) local time; a <see cref="To"/> of 00:00 is the end of the day.</summary>
[GenerateSerializer, Immutable]
public readonly record struct OpenHours([property: Id(0)] DayOfWeek Day, [property: Id(1)] TimeOnly From, [property: Id(2)] TimeOnly To);
