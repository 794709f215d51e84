using System.Collections.Immutable;
using System.Globalization;
using Carillon.Schedules;

namespace Carillon.Api.Pages.Schedules;

/// <summary>The hours of a week as people write them, <c>10:00–14:00, 15:00–20:00</c> for each day, and as half hours that a mouse paints.</summary>
sealed class WeekHours
{
    public const int HalvesOfDay = 48;

    public static readonly ImmutableArray<DayOfWeek> Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    readonly Dictionary<DayOfWeek, string> _texts = Week.ToDictionary(d => d, _ => "");

    public WeekHours(IEnumerable<OpenHours> hours)
    {
        foreach (var day in hours.GroupBy(h => h.Day)) _texts[day.Key] = Write(day.OrderBy(h => h.From).Select(h => new TimeRange(h.From, h.To)));
    }

    public string this[DayOfWeek day]
    {
        get => _texts[day];
        set => _texts[day] = value;
    }

    /// <summary>Days whose text cannot be read.</summary>
    public IEnumerable<DayOfWeek> Unread => Week.Where(d => Read(_texts[d]) is null);

    public ImmutableArray<OpenHours> Hours => [.. Week.SelectMany(d => (Read(_texts[d]) ?? []).Select(r => new OpenHours(d, r.From, r.To)))];

    /// <summary>Of each half hour of the day, whether it is open when it begins.</summary>
    public bool[] Halves(DayOfWeek day)
    {
        var halves = new bool[HalvesOfDay];
        foreach (var range in Read(_texts[day]) ?? [])
            for (var i = (Minutes(range.From) + 29) / 30; i * 30 < End(range.To); i++) halves[i] = true;
        return halves;
    }

    /// <summary>The half hours from one to another are as painted from then on; the rest of the day stays as it is, to the minute.</summary>
    public void Paint(DayOfWeek day, int from, int to, bool open)
    {
        var (begin, end) = (from * 30, (to + 1) * 30);
        var rest = (Read(_texts[day]) ?? []).Select(r => (From: Minutes(r.From), To: End(r.To))).SelectMany(r => new[] { r with { To = Math.Min(r.To, begin) }, r with { From = Math.Max(r.From, end) } });
        var ranges = new List<(int From, int To)>();
        foreach (var range in rest.Append((From: begin, To: open ? end : begin)).Where(r => r.From < r.To).Order())
        {
            if (ranges.Count > 0 && ranges[^1].To >= range.From) ranges[^1] = (ranges[^1].From, Math.Max(ranges[^1].To, range.To));
            else ranges.Add(range);
        }
        _texts[day] = Write(ranges.Select(r => new TimeRange(Clock(r.From), Clock(r.To))));
    }

    /// <summary>In one line, days that are alike together: <c>Mon, Tue 10:00–20:00; Sat 10:00–14:00</c>.</summary>
    public string Summary(CultureInfo culture) =>
        string.Join("; ", Week.Where(d => _texts[d].Length > 0).GroupBy(d => _texts[d]).Select(g => $"{string.Join(", ", g.Select(culture.DateTimeFormat.GetAbbreviatedDayName))} {g.Key}"));

    public static string Write(IEnumerable<TimeRange> ranges) => string.Join(", ", ranges.Select(r => Text(r.From, r.To)));

    /// <summary>Null if it cannot be read.</summary>
    public static ImmutableArray<TimeRange>? Read(string text)
    {
        var ranges = ImmutableArray.CreateBuilder<TimeRange>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(['–', '-'], StringSplitOptions.TrimEntries) is not [var from, var to]) return null;
            if (Time(from) is not { } begin || Time(to) is not { } end) return null;
            ranges.Add(new(begin, end));
        }
        return ranges.ToImmutable();
    }

    static TimeOnly? Time(string text) =>
        text is "24:00" or "24" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, ["H:mm", "%H"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    static string Text(TimeOnly from, TimeOnly to) => string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm}–{(to == TimeOnly.MinValue ? "24:00" : to.ToString("HH:mm", CultureInfo.InvariantCulture))}");

    static TimeOnly Clock(int minutes) => TimeOnly.MinValue.AddMinutes(minutes);

    static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;

    static int End(TimeOnly time) => time == TimeOnly.MinValue ? HalvesOfDay * 30 : Minutes(time);
}
