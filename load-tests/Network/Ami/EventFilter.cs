using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Network;

/// <summary>The Filter action and eventfilter: white patterns of which one must match, black ones ("!…") of which none may.</summary>
sealed class EventFilter
{
    static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    readonly List<(byte[]? Name, Regex? Pattern)> _white = [];
    readonly List<(byte[]? Name, Regex? Pattern)> _black = [];

    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    public void Add(string filter)
    {
        var black = filter.StartsWith('!');
        var pattern = black ? filter[1..] : filter;
        // The common "Event: Name" is a comparison of bytes; anything else is matched against the whole text, as Asterisk does.
        var simple = pattern.StartsWith("Event: ", StringComparison.Ordinal) && !pattern.AsSpan(7).ContainsAnyExcept(Letters);
        (black ? _black : _white).Add(simple ? (Encoding.ASCII.GetBytes(pattern), null) : (null, new Regex(pattern, RegexOptions.CultureInvariant)));
    }

    public bool Passes(ReadOnlySpan<byte> text)
    {
        if (_white.Count > 0 && !Any(_white, text)) return false;
        return _black.Count == 0 || !Any(_black, text);
    }

    static bool Any(List<(byte[]? Name, Regex? Pattern)> filters, ReadOnlySpan<byte> text)
    {
        foreach (var (name, pattern) in filters)
        {
            if (name is not null ? text.StartsWith(name) : pattern!.IsMatch(Encoding.UTF8.GetString(text))) return true;
        }
        return false;
    }
}
