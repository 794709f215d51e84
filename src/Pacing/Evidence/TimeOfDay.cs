namespace Carillon.Pacing.Evidence;

/// <summary>A moment by the clock of the campaign's schedule.</summary>
/// <param name="Day">Days since any fixed one.</param>
/// <param name="Seconds">Since midnight, below 86,400.</param>
public readonly record struct TimeOfDay(int Day, double Seconds)
{
    /// <summary>Seconds since another moment.</summary>
    public double Since(TimeOfDay other) => (Day - other.Day) * 86_400.0 + Seconds - other.Seconds;

    public int Hour => Math.Clamp((int)(Seconds / 3600), 0, 23);

    /// <param name="seconds">From any midnight.</param>
    public static TimeOfDay At(double seconds)
    {
        var day = Math.Floor(seconds / 86_400);
        return new((int)day, seconds - day * 86_400);
    }

    public static TimeOfDay At(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return new(DateOnly.FromDateTime(local).DayNumber, local.TimeOfDay.TotalSeconds);
    }
}
