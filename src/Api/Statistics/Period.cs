using Carillon.Api.Problems;

namespace Carillon.Api.Statistics;

/// <summary>The time whose calls are summed up.</summary>
readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    static readonly TimeSpan Default = TimeSpan.FromDays(7);

    // Where clocks are put back, a month has an hour more.
    static readonly TimeSpan ClockChange = TimeSpan.FromHours(1);

    /// <param name="from">Null: seven days before the end, or the longest if that is less.</param>
    /// <param name="to">Null: now.</param>
    public static Period Read(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now, TimeSpan longest, FieldErrors errors)
    {
        var end = to ?? now;
        var usual = longest < Default ? longest : Default;
        var begin = from ?? (end - DateTimeOffset.MinValue > usual ? end - usual : DateTimeOffset.MinValue);
        errors.AddIf(begin >= end, "to", "The end must be after the beginning.");
        errors.AddIf(end - begin > longest + ClockChange, "from", $"At most {longest.TotalDays:0.##} days are summed up at once (Api:StatisticsPeriod).");
        return new(begin, end);
    }
}
