namespace Carillon.Api.Pages.Language;

/// <summary>A sentence with its values left out, <c>There is no queue {0}.</c>, and what it is in Russian. A value is at least one character, and as short as the rest allows.</summary>
sealed class SentencePattern
{
    static readonly string[] Breaks = [", ", "; ", ": "];

    // What stands around the values: one piece more than there are values.
    readonly string[] _pieces;

    public SentencePattern(string sentence, string russian)
    {
        (Sentence, Russian) = (sentence, russian);
        _pieces = sentence.Split([.. Enumerable.Range(0, 10).Select(i => $"{{{i}}}")], StringSplitOptions.None);
        var begins = _pieces[0].IndexOf(' ', StringComparison.Ordinal);
        FirstWord = begins >= 0 ? _pieces[0][..begins] : _pieces.Length == 1 ? sentence : null;
        Said = _pieces.Sum(p => p.Length);
    }

    public string Sentence { get; }

    /// <summary>With values as <see cref="RussianTelling"/> fills them in.</summary>
    public string Russian { get; }

    /// <summary>Null: it begins with a value.</summary>
    public string? FirstWord { get; }

    bool BeginsClause => _pieces[0].Length == 0 && !Sentence.EndsWith('.');

    bool EndsClause => _pieces[^1].Length == 0 && char.IsLower(Sentence[0]);

    /// <summary>How many characters are its own: the more, the more it says of what it fits.</summary>
    public int Said { get; }

    /// <summary>The values of a sentence that is like this; null: it is another one.</summary>
    public string[]? Read(string text)
    {
        if (_pieces.Length == 1) return text == Sentence ? [] : null;
        if (!text.StartsWith(_pieces[0], StringComparison.Ordinal) || !text.EndsWith(_pieces[^1], StringComparison.Ordinal)) return null;
        var (values, from, end) = (new string[_pieces.Length - 1], _pieces[0].Length, text.Length - _pieces[^1].Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (from >= end) return null;
            var next = i == values.Length - 1 ? end : text.IndexOf(_pieces[i + 1], from + 1, end - from - 1, StringComparison.Ordinal);
            if (next < 0) return null;
            values[i] = text[from..next];
            from = next + _pieces[i + 1].Length;
        }
        // A clause must not take those beside it for its value, nor words that nobody has translated.
        return (BeginsClause && (IsBroken(values[0]) || (values[0].Contains(' ', StringComparison.Ordinal) && !Russian.Contains("{0:said}", StringComparison.Ordinal)))) || (EndsClause && IsBroken(values[^1])) ? null : values;
    }

    static bool IsBroken(string value) => Breaks.Any(b => value.Contains(b, StringComparison.Ordinal));
}
