using System.Globalization;

namespace Carillon.Lists;

/// <summary>Where a list says when its leads are to be called, and how that is meant.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Zone">Of times that name no distance from UTC.</param>
/// <param name="Latest">A later time is a mistake.</param>
public sealed record DialTimes(int Column, TimeZoneInfo Zone, DateTimeOffset Latest)
{
    // A day and a month in figures, the month first, cannot be told from a day first: that form is not read.
    static readonly string[] Local =
    [
        "yyyy-MM-dd", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd'T'H:mm", "yyyy-MM-dd'T'H:mm:ss", "yyyy-MM-dd'T'H:mm:ss.FFFFFFF",
        "d.M.yyyy", "d.M.yyyy H:mm", "d.M.yyyy H:mm:ss",
    ];

    static readonly string[] WithOffset = [.. Local[1..6].SelectMany(form => new[] { form + "zzz", form + " zzz", form + "'Z'" })];

    /// <summary>A day without a time means its beginning. A time that clocks skip is the one that they show instead; of one that they show twice it is the first.</summary>
    /// <param name="problem">One clause about the text, such as "is no time".</param>
    public bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset time, out string problem)
    {
        problem = "";
        if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)) time = time.ToUniversalTime();
        else if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) time = InZone(local);
        else problem = "is no time such as 2026-12-01 15:30";
        if (problem.Length == 0 && time > Latest) problem = "is more than a year ahead";
        return problem.Length == 0;
    }

    DateTimeOffset InZone(DateTime local)
    {
        // Before the clocks are put forward they are behind UTC by more, so the time that they skip lies as far behind the change.
        var offset = Zone.IsInvalidTime(local) ? Zone.GetUtcOffset(local.AddDays(-1))
            : Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        // The first and last hours of the calendar are outside it in some zones.
        return new(Math.Clamp(local.Ticks - offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
