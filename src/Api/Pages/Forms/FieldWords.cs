using System.Globalization;
using System.Text.RegularExpressions;
using Carillon.Api.Pages.Language;

namespace Carillon.Api.Pages.Forms;

/// <summary>What is wrong with a field, in its own units: rules speak those of the API, where a time is <c>00:00:15</c> and three percent are 0.03.</summary>
static partial class FieldWords
{
    public static string Of(string problem, FieldUnit unit, Words words) => unit switch
    {
        FieldUnit.None => problem,
        FieldUnit.Percent => Share().Replace(problem, m => Number(decimal.Parse(m.Value, CultureInfo.InvariantCulture) * 100, words["{0} %"], words)),
        _ => Time().Replace(problem, m => TimeSpan.TryParseExact(m.Value, "c", CultureInfo.InvariantCulture, out var time) ? Number((decimal)time.Ticks / TicksOf(unit), WordOf(unit, words), words) : m.Value),
    };

    static long TicksOf(FieldUnit unit) => unit switch
    {
        FieldUnit.Seconds => TimeSpan.TicksPerSecond,
        FieldUnit.Minutes => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerHour,
    };

    static string WordOf(FieldUnit unit, Words words) => unit switch
    {
        FieldUnit.Seconds => words["{0} s"],
        FieldUnit.Minutes => words["{0} min"],
        _ => words["{0} h"],
    };

    static string Number(decimal number, string word, Words words) => string.Format(words.Culture, word, number.ToString("#,0.###", words.Culture));

    [GeneratedRegex(@"-?(?:\d+\.)?\d{2}:\d{2}:\d{2}(?:\.\d{7})?")]
    private static partial Regex Time();

    [GeneratedRegex(@"-?\d+(?:\.\d+)?")]
    private static partial Regex Share();
}
