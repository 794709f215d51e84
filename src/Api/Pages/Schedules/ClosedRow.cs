using Carillon.Schedules;

namespace Carillon.Api.Pages.Schedules;

/// <summary>A time of day that is closed, as it is being written.</summary>
sealed class ClosedRow
{
    public string Hours { get; set; } = "";
    /// <summary>Empty: every day.</summary>
    public HashSet<DayOfWeek> Days { get; init; } = [];
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    public bool IsRead => WeekHours.Read(Hours) is [_];

    public ClosedHours Config
    {
        get
        {
            var hours = WeekHours.Read(Hours) is [var only] ? only : default;
            return new() { From = hours.From, To = hours.To, Days = [.. WeekHours.Week.Where(Days.Contains)], Dates = From is null && To is null ? null : new DateRange(From, To) };
        }
    }

    public static ClosedRow Of(ClosedHours closed) => new()
    {
        Hours = WeekHours.Write([new(closed.From, closed.To)]),
        Days = [.. closed.Days],
        From = closed.Dates?.From,
        To = closed.Dates?.To,
    };
}
