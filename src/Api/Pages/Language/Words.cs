using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Carillon.Api.Pages.Language;

/// <summary>
/// What the pages say, in the viewer's language. The English text is the key; <c>ru.json</c> has the others. Texts that differ by number are written
/// <c>call|calls</c>. Numbers and times are written as the viewer is used to, in their zone.
/// </summary>
public sealed class Words
{
    internal static readonly FrozenDictionary<string, string> Russian = Read("words/ru.json");

    Viewer _viewer = new();
    TimeZoneInfo _zone = TimeZoneInfo.Utc;

    public Viewer Viewer
    {
        get => _viewer;
        set => (_viewer, _zone) = (value, TimeZoneInfo.TryFindSystemTimeZoneById(value.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc);
    }

    public CultureInfo Culture => _viewer.Culture();

    public string this[string text] => _viewer.IsRussian ? Russian.GetValueOrDefault(text, text) : text;

    public string this[string text, params object?[] values] => string.Format(Culture, this[text], values);

    /// <summary>A word of an enum: <c>HumanAnswered</c> is "Human answered", or what the key <c>Outcome.HumanAnswered</c> says.</summary>
    public string Of<T>(T word) where T : struct, Enum =>
        _viewer.IsRussian && Russian.TryGetValue($"{typeof(T).Name}.{word}", out var known) ? known : Spaced(word.ToString());

    /// <summary>With its number: <c>Count(2, "call|calls")</c> is "2 calls".</summary>
    public string Count(long number, string forms)
    {
        var words = this[forms].Split('|');
        return $"{Number(number)} {words[Math.Min(_viewer.IsRussian ? RussianNumber.Form(number) : number == 1 ? 0 : 1, words.Length - 1)]}";
    }

    /// <summary>A sentence of a grain or a rule.</summary>
    public string Said(string? sentence) => sentence is null ? "" : _viewer.IsRussian ? Sentences.Russian(sentence) : sentence;

    public string Number(double number, int decimals = 0) => number.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture);

    public string Percent(double? share, int decimals = 1) => share is { } part ? part.ToString("P" + decimals.ToString(CultureInfo.InvariantCulture), Culture) : "–";

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    /// <summary>The instant at which the viewer's clocks show this; at the ends of the calendar, the first or last there is.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var offset = _zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return ticks < 0 ? DateTimeOffset.MinValue : ticks > DateTimeOffset.MaxValue.Ticks ? DateTimeOffset.MaxValue : new(local, offset);
    }

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Seconds(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Date and time, the date left out if it is today's.</summary>
    public string Moment(DateTimeOffset at, DateTimeOffset now) =>
        Local(at).Date == Local(now).Date ? Time(at) : Local(at).ToString(Local(at).Year == Local(now).Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm", Culture);

    /// <summary>As <see cref="Moment"/>, to the second.</summary>
    public string Instant(DateTimeOffset at, DateTimeOffset now) =>
        Local(at).Date == Local(now).Date ? Seconds(at) : Local(at).ToString(Local(at).Year == Local(now).Year ? "d MMM HH:mm:ss" : "d MMM yyyy HH:mm:ss", Culture);

    public string Date(DateTimeOffset at) => Local(at).ToString("d MMM yyyy HH:mm:ss", Culture);

    public static string Length(TimeSpan time) =>
        time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}") : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    static string Spaced(string word)
    {
        var text = new StringBuilder(word.Length + 4);
        foreach (var letter in word)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append(' ').Append(char.ToLowerInvariant(letter));
            else text.Append(letter);
        }
        return text.ToString();
    }

    internal static FrozenDictionary<string, string> Read(string resource)
    {
        using var file = typeof(Words).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
