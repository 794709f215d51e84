using System.Buffers;
using System.Text;

namespace Carillon.Ami;

/// <summary>
/// Writes actions as Asterisk reads them, and refuses what it would misread. Its limits: 1,024 bytes a line with CRLF, 128 headers an
/// action, 64 variables (AST_MAX_MANHEADERS and inbuf in main/manager.c).
/// </summary>
static class ActionWriter
{
    public const int MaxLineBytes = 1024;
    public const int MaxHeaders = 128;
    public const int MaxVariables = 64;
    public const int MaxActionIdLength = 63;
    const int MaxOptionBytes = 200;

    static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\0");

    /// <summary>For option values: fit for a header, and short.</summary>
    public static bool IsSafe(string value) => !value.AsSpan().ContainsAny(Breaks) && Encoding.UTF8.GetByteCount(value) <= MaxOptionBytes;

    /// <summary>Writes the whole action, or nothing and returns what is wrong with it.</summary>
    public static string? Write(AmiAction action, string id, IBufferWriter<byte> output)
    {
        if (Problem(action, id) is { } problem) return problem;
        Line(output, "Action", action.Name);
        // Second, because Asterisk copies it into every row of a list, and short, because it does so into 256 bytes.
        Line(output, "ActionID", id);
        foreach (var (key, value) in action.Headers) Line(output, key, value);
        output.Write("\r\n"u8);
        return null;
    }

    static string? Problem(AmiAction action, string id)
    {
        if (id.Length is 0 or > MaxActionIdLength || !Ascii.IsValid(id) || id.AsSpan().ContainsAnyInRange('\0', ' '))
            return $"ActionID must have 1 to {MaxActionIdLength} printable ASCII characters without spaces.";
        if (action.Headers.Count + 2 > MaxHeaders) return $"{action.Name} has {action.Headers.Count + 2} headers; Asterisk takes {MaxHeaders}.";
        if (HeaderProblem("Action", action.Name) is { } nameProblem) return nameProblem;
        var variables = 0;
        foreach (var (key, value) in action.Headers)
        {
            if (HeaderProblem(key, value) is { } problem) return problem;
            if (key != VariableText.Header || action.Name is "Getvar" or "Setvar") continue;
            if (!VariableText.HasValidName(value)) return "A variable's name is not valid: letters, digits and underscores, not beginning with a digit.";
            if (++variables > MaxVariables) return $"{action.Name} has more than {MaxVariables} variables.";
        }
        return null;
    }

    // The value is not repeated: it may be a secret or a phone number.
    static string? HeaderProblem(string key, string value)
    {
        if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return "A header's name is not valid.";
        if (value.AsSpan().ContainsAny(Breaks)) return $"{key} holds a line break or a NUL, which AMI cannot carry.";
        var bytes = key.Length + 4 + Encoding.UTF8.GetByteCount(value);
        return bytes > MaxLineBytes ? $"{key} makes a line of {bytes} bytes; Asterisk takes {MaxLineBytes}." : null;
    }

    static void Line(IBufferWriter<byte> output, string key, string value)
    {
        Encoding.UTF8.GetBytes(key, output);
        output.Write(": "u8);
        Encoding.UTF8.GetBytes(value, output);
        output.Write("\r\n"u8);
    }
}
