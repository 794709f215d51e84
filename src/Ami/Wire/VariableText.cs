using System.Buffers;
using System.Text;

namespace Carillon.Ami;

/// <summary>
/// A Variable header. Asterisk splits it at commas outside quotes and brackets and takes a backslash for an escape
/// (AST_STANDARD_APP_ARGS in main/app.c), so each variable gets a header of its own and its value is escaped.
/// </summary>
static class VariableText
{
    public const string Header = "Variable";

    static readonly SearchValues<char> Special = SearchValues.Create("\\,\"()[]");

    public static string Format(string name, string value)
    {
        if (!value.AsSpan().ContainsAny(Special)) return $"{name}={value}";
        var text = new StringBuilder(name.Length + value.Length + 16).Append(name).Append('=');
        foreach (var c in value)
        {
            if (Special.Contains(c)) text.Append('\\');
            text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>Plain variables only: a dialplan function as a name (SHELL, FILE) would run on the server.</summary>
    public static bool HasValidName(string header)
    {
        var end = header.IndexOf('=', StringComparison.Ordinal);
        if (end <= 0) return false;
        var name = header.AsSpan(0, end);
        return !char.IsAsciiDigit(name[0]) && !name.ContainsAnyExcept(NameCharacters);
    }

    static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
