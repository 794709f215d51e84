using System.Collections.Frozen;

namespace Carillon.Api.Pages.Language;

/// <summary>Patterns by the word that they begin with, so that a sentence is compared with few of them, and with those that begin with a value.</summary>
sealed class SentenceIndex
{
    readonly FrozenDictionary<string, SentencePattern[]>.AlternateLookup<ReadOnlySpan<char>> _byWord;
    readonly SentencePattern[] _begunByValue;

    public SentenceIndex(IEnumerable<SentencePattern> patterns)
    {
        All = [.. patterns.OrderByDescending(p => p.Said).ThenBy(p => p.FirstWord is null)];
        _byWord = All.Where(p => p.FirstWord is not null).GroupBy(p => p.FirstWord!).ToFrozenDictionary(g => g.Key, g => g.ToArray()).GetAlternateLookup<ReadOnlySpan<char>>();
        _begunByValue = [.. All.Where(p => p.FirstWord is null)];
    }

    /// <summary>Those that say most first.</summary>
    public IReadOnlyList<SentencePattern> All { get; }

    public (SentencePattern Pattern, string[] Values)? Find(string text)
    {
        var word = text.IndexOf(' ', StringComparison.Ordinal);
        var alike = _byWord.TryGetValue(word < 0 ? text : text.AsSpan(0, word), out var patterns) ? First(patterns, text) : null;
        var other = First(_begunByValue, text);
        return alike?.Pattern.Said >= (other?.Pattern.Said ?? 0) ? alike : other;
    }

    static (SentencePattern Pattern, string[] Values)? First(SentencePattern[] patterns, string text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Read(text) is { } values) return (pattern, values);
        }
        return null;
    }
}
