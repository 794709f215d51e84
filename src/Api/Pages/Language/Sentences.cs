using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Carillon.Api.Pages.Language;

/// <summary>
/// Sentences that grains and rules make, in Russian. They arrive with their values filled in, so <c>sentences.ru.json</c> has patterns:
/// <c>There is no queue {0}.</c>; clauses of longer sentences are patterns too. What matches none stays English.
/// </summary>
static partial class Sentences
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
        if (Whole(sentence) is { } whole) return whole;
        var told = Between().Split(sentence);
        if (told.Length > 1) return string.Join(' ', told.Select(Find));
        // What a pace is made of: facts and what follows from them, each a clause of its own.
        var ending = sentence.EndsWith('.') ? "." : "";
        var clauses = Clause().Split(sentence[..(sentence.Length - ending.Length)]);
        for (var i = 0; i < clauses.Length; i += 2)
        {
            var text = Whole(clauses[i]) ?? clauses[i];
            clauses[i] = i == 0 && text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
        }
        return string.Concat(clauses) + ending;
    }

    static string? Whole(string text)
    {
        foreach (var (pattern, translated) in Patterns)
        {
            var match = pattern.Match(text);
            if (match.Success) return string.Format(System.Globalization.CultureInfo.InvariantCulture, translated, [.. match.Groups.Values.Skip(1).Select(g => g.Value)]);
        }
        return null;
    }

    internal static Regex Pattern(string sentence) =>
        new("^" + Regex.Replace(Regex.Escape(sentence), @"\\\{\d}", "(.+?)") + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(100));

    [GeneratedRegex(@"(?<=\.) (?=\p{Lu}|\d)")]
    private static partial Regex Between();

    [GeneratedRegex("([,;:] )")]
    private static partial Regex Clause();
}
