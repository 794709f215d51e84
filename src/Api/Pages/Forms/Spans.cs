namespace Carillon.Api.Pages.Forms;

/// <summary>Times of an input of numbers. What is beyond all bounds is left for the rules to refuse.</summary>
static class Spans
{
    const double Most = 60_000_000;

    public static TimeSpan Minutes(double minutes) => Seconds(minutes * 60);

    /// <summary>To the millisecond, so that what was not touched comes back as it was.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Round(double.IsNaN(seconds) ? -1000 : Math.Clamp(seconds, -Most, Most) * 1000));
}
