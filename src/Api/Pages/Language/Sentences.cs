using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Carillon.Api.Pages.Language;

/// <summary>
/// Sentences that grains and rules make, in Russian. They arrive with their values filled in, so <c>sentences.ru.json</c> has patterns:
/// <c>There is no queue {0}.</c>. What matches none stays English.
/// </summary>
static class Sentences
{
    const int Remembered = 2_000;

    static readonly (Regex Pattern, string Text)[] Patterns = [.. Words.Read("words/sentences.ru.json").OrderByDescending(s => s.Key.Length).Select(s => (Pattern(s.Key), s.Value))];
    static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Russian(string sentence)
    {
        if (Known.TryGetValue(sentence, out var known)) return known;
        var translated = Find(sentence);
        if (Known.Count >= Remembered) Known.Clear();
        return Known[sentence] = translated;
    }

    static string Find(string sentence)
    {
        foreach (var (pattern, text) in Patterns)
        {
            var match = pattern.Match(sentence);
            if (match.Success) return string.Format(System.Globalization.CultureInfo.InvariantCulture, text, [.. match.Groups.Values.Skip(1).Select(g => g.Value)]);
        }
        return sentence;
    }

    internal static Regex Pattern(string sentence) =>
        new("^" + Regex.Replace(Regex.Escape(sentence), @"\\\{\d}", "(.+?)") + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(100));
}
