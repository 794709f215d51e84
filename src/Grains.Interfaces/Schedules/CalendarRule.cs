using Orleans;

namespace Carillon.Schedules;

/// <summary>How weekday hours follow a calendar of working days.</summary>
[GenerateSerializer, Immutable]
public sealed record CalendarRule
{
    /// <summary>The name of an included calendar, such as <c>RU</c>, or the id of one that users made.</summary>
    [Id(0)] public required string Follows { get; init; }
    /// <summary>Public holidays, and working days that were made days off. Default: closed.</summary>
    [Id(1)] public HolidayHours Holidays { get; init; } = HolidayHours.Closed;
    /// <summary>How much earlier the last hours of a shortened day before a holiday end. Default 1 hour; 0: as usual.</summary>
    [Id(2)] public TimeSpan ShortenedBy { get; init; } = TimeSpan.FromHours(1);
    /// <summary>Saturdays and Sundays on which people work. Default: the hours of the weekday that they replace.</summary>
    [Id(3)] public WorkedWeekendHours WorkedWeekends { get; init; } = WorkedWeekendHours.LikeWeekday;
}

public enum HolidayHours { Closed, LikeSunday, AsUsual }

public enum WorkedWeekendHours { LikeWeekday, AsUsual }
