using System.Collections.Concurrent;

namespace Carillon.Api.Pages.Language;

/// <summary>
/// Sentences that grains and rules make, in Russian. They arrive with their values filled in, so <c>sentences.ru.json</c> has patterns:
/// <c>There is no queue {0}.</c>; clauses of longer sentences are patterns too. What matches none stays English.
/// </summary>
static class Sentences
{
    const int Remembered = 2_000;

    static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    internal static SentenceIndex Patterns { get; } = new(Words.Read("words/sentences.ru.json").Select(s => new SentencePattern(s.Key, s.Value)));

    public static string Russian(string sentence)
    {
        if (Known.TryGetValue(sentence, out var known)) return known;
        if (Known.Count >= Remembered) Known.Clear();
        return Known[sentence] = new RussianTelling(Patterns).Tell(sentence);
    }
}
