using System.Text;

namespace Carillon.Network;

/// <summary>The Variable header: name=value, several of them split at commas outside quotes and brackets; a backslash takes the next character as it is.</summary>
static class ChannelVariables
{
    public static IEnumerable<(string Name, string Value)> Split(string header)
    {
        var part = new StringBuilder();
        var (quoted, depth) = (false, 0);
        for (var i = 0; i <= header.Length; i++)
        {
            if (i == header.Length || header[i] == ',' && !quoted && depth == 0)
            {
                if (Pair(part.ToString()) is { } pair) yield return pair;
                part.Clear();
                continue;
            }
            switch (header[i])
            {
                case '\\' when i + 1 < header.Length: part.Append(header[++i]); break;
                case '"': quoted = !quoted; break;
                case '(' or '[': depth++; part.Append(header[i]); break;
                case ')' or ']': depth--; part.Append(header[i]); break;
                default: part.Append(header[i]); break;
            }
        }
    }

    static (string, string)? Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 ? null : (text[..equals].Trim(), text[(equals + 1)..]);
    }
}
