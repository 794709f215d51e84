using System.Text;

namespace Carillon.Ami;

/// <summary>Undoes ast_escape_c (main/utils.c), which Asterisk applies to names and variable values: O\'Brien.</summary>
static class CEscapes
{
    public static string Undo(string text)
    {
        var first = text.AsSpan().IndexOf('\\');
        if (first < 0) return text;
        var plain = new StringBuilder(text.Length).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else plain.Append(Of(text[++i]));
        }
        return plain.ToString();
    }

    static char Of(char escaped) => escaped switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => escaped,
    };
}
