using System.Diagnostics.CodeAnalysis;

namespace Carillon.Api.Problems;

/// <summary>What is wrong with which field; every sentence names what to do. Fields are named as in JSON: <c>unanswered.hours[0].from</c>.</summary>
public sealed class FieldErrors
{
    readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public FieldErrors Add(string field, string sentence)
    {
        if (!_errors.TryGetValue(field, out var sentences)) _errors[field] = sentences = [];
        sentences.Add(sentence);
        return this;
    }

    public FieldErrors AddIf(bool wrong, string field, string sentence) => wrong ? Add(field, sentence) : this;

    public bool Has(string field) => _errors.ContainsKey(field);

    /// <summary>False and a sentence if the text is missing, blank, too long, or holds characters that no name has.</summary>
    public bool Text([NotNullWhen(true)] string? value, string field, int maxLength = 100)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(field, "This field must not be empty.");
        else if (value.Length > maxLength) Add(field, $"At most {maxLength} characters are allowed; there are {value.Length}.");
        else if (value.Any(char.IsControl)) Add(field, "Line breaks and other control characters are not allowed.");
        else if (value != value.Trim()) Add(field, "Spaces at the beginning or the end are not allowed.");
        else return true;
        return false;
    }

    public bool Range<T>(T value, T from, T to, string field) where T : IComparable<T>
    {
        if (value.CompareTo(from) >= 0 && value.CompareTo(to) <= 0) return true;
        Add(field, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The value must be from {from} to {to}; it is {value}."));
        return false;
    }

    public IDictionary<string, string[]> ToDictionary() => _errors.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal);

    public void ThrowIfAny()
    {
        if (Any) throw Refusal.Invalid(this);
    }
}
