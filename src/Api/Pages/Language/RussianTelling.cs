using System.Text.RegularExpressions;

namespace Carillon.Api.Pages.Language;

/// <summary>
/// One sentence on its way into Russian. In the Russian text <c>{0}</c> is the value as it is, <c>{0:said}</c> the value as a sentence or clause of its own,
/// <c>{0:звонок|звонка|звонков}</c> the word that goes with it as a number, and <c>{0:Outcome}</c> the value as a word of that enum.
/// </summary>
sealed partial class RussianTelling(SentenceIndex index) : IFormatProvider, ICustomFormatter
{
    /// <summary>What was found in the index, in the order of the sentence.</summary>
    public List<SentencePattern> Found { get; } = [];

    /// <summary>What has words and stayed as it was.</summary>
    public List<string> Untold { get; } = [];

    public string Tell(string sentence)
    {
        var told = Between().Split(sentence);
        // A value at the end of one sentence must not swallow the next one; but what is one pattern may look like two sentences.
        if (told.Length > 1)
        {
            var each = new RussianTelling(index);
            var text = string.Join(' ', told.Select(each.One));
            if (each.Untold.Count == 0)
            {
                Found.AddRange(each.Found);
                return text;
            }
        }
        return Whole(sentence) ?? (told.Length > 1 ? string.Join(' ', told.Select(One)) : Clauses(sentence, begins: true));
    }

    string One(string sentence) => Whole(sentence) ?? Clauses(sentence, begins: true);

    /// <summary>What a pace is made of: facts and what follows from them, each a clause of its own.</summary>
    string Clauses(string sentence, bool begins)
    {
        var ending = sentence.EndsWith('.') ? "." : "";
        var clauses = Clause().Split(sentence[..(sentence.Length - ending.Length)]);
        for (var i = 0; i < clauses.Length; i += 2)
        {
            if (Whole(clauses[i]) is { } text) clauses[i] = begins && i == 0 && text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
            else if (clauses[i].Any(char.IsLetter)) Untold.Add(clauses[i]);
        }
        return string.Concat(clauses) + ending;
    }

    /// <summary>A sentence that stands within another one has lost its dot.</summary>
    string? Within(string text) => Whole(text + ".") is not { } whole ? null
        : (whole[0] is >= 'А' and <= 'Я' ? char.ToLowerInvariant(whole[0]) : whole[0]) + whole[1..].TrimEnd('.');

    string? Whole(string text)
    {
        if (index.Find(text) is not { } found) return null;
        Found.Add(found.Pattern);
        return string.Format(this, found.Pattern.Russian, found.Values);
    }

    string ICustomFormatter.Format(string? format, object? arg, IFormatProvider? formatProvider)
    {
        var value = (string)arg!;
        return format switch
        {
            null => value,
            "said" => Whole(value) ?? Within(value) ?? Clauses(value, begins: false),
            _ when format.Contains('|', StringComparison.Ordinal) => format.Split('|')[RussianNumber.Form(value)],
            _ => Words.Russian.TryGetValue($"{format}.{value}", out var word) ? char.ToLowerInvariant(word[0]) + word[1..] : value,
        };
    }

    object? IFormatProvider.GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    [GeneratedRegex(@"(?<=\.) (?=\p{Lu}|\d)")]
    private static partial Regex Between();

    [GeneratedRegex("([,;:] )")]
    private static partial Regex Clause();
}
