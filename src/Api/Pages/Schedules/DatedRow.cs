using Carillon.Schedules;

namespace Carillon.Api.Pages.Schedules;

/// <summary>Dates with hours of their own, as they are being written.</summary>
sealed class DatedRow
{
    public DateOnly? From { get; set; }
    /// <summary>Null: <see cref="From"/> alone.</summary>
    public DateOnly? To { get; set; }
    /// <summary>Empty: closed.</summary>
    public string Hours { get; set; } = "";

    public bool IsRead => From is not null && WeekHours.Read(Hours) is not null;

    public DatedHours Config => new() { From = From ?? default, To = To, Hours = WeekHours.Read(Hours) ?? [] };

    public static DatedRow Of(DatedHours dated) => new() { From = dated.From, To = dated.To, Hours = WeekHours.Write(dated.Hours) };
}
