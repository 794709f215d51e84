using System.Buffers;
using Carillon.Numbers;

namespace Carillon.Servers;

/// <summary>
/// The channel that a trunk originates: a template with one placeholder, <c>{number}</c> (digits without plus), <c>{e164}</c> (with plus) or
/// <c>{national}</c> (as the country dials it). Only letters, digits and a few signs come through, so no second channel (<c>&amp;</c>), no further
/// argument (<c>,</c>), no variable (<c>$</c>) and no further AMI line (CR, LF) can be made of a template or of a number.
/// </summary>
public static class DialString
{
    const int Longest = 128;

    static readonly string[] Placeholders = ["{number}", "{e164}", "{national}"];

    static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/@:._-+*#");

    /// <summary>What is wrong with a template, in one sentence; null when nothing is.</summary>
    public static string? Problem(string? template)
    {
        if (string.IsNullOrEmpty(template)) return "A dial string is needed, such as PJSIP/{number}@carrier.";
        if (template.Length > Longest) return $"A dial string has at most {Longest} characters, not {template.Length}.";
        if (Placeholders.Sum(p => Count(template, p)) is var count and not 1)
            return count == 0 ? "A dial string needs one of {number}, {e164} or {national}." : $"A dial string needs exactly one of {{number}}, {{e164}} or {{national}}, not {count}.";
        var filled = Fill(template, "1");
        var strange = filled.AsSpan().IndexOfAnyExcept(Allowed);
        if (strange >= 0) return $"A dial string must not contain {Name(filled[strange])}.";
        var parts = filled.Split('/');
        if (parts.Length < 2 || !char.IsAsciiLetter(parts[0].FirstOrDefault()) || parts[0].AsSpan().ContainsAnyExcept(Technology))
            return "A dial string begins with a technology and a slash, such as PJSIP/.";
        if (template.StartsWith('{') || template.IndexOf('{') < template.IndexOf('/')) return "The number must not stand in the technology of a dial string.";
        if (Array.Exists(parts, part => part.Length == 0)) return "A dial string must not have an empty part between slashes.";
        var options = filled.AsSpan(filled.IndexOf('@') + 1);
        // Local's "/n" keeps the two legs of a Local channel apart; any other slash after the @ is an option that nobody meant.
        if (filled.Contains('@') && options.Contains('/') && !(parts[0] == "Local" && options.Count('/') == 1 && options.EndsWith("/n")))
            return "Nothing may follow the @ part of a dial string but /n of a Local channel.";
        return null;
    }

    /// <summary>The channel for one number; the template must be without <see cref="Problem"/>.</summary>
    /// <exception cref="FormatException">The template or the number is none: nothing may be dialed.</exception>
    public static string Format(string template, PhoneNumber number, string country)
    {
        if (Problem(template) is { } problem) throw new FormatException(problem);
        if (!IsNumber(number)) throw new FormatException("What should be dialed is not a phone number in E.164.");
        return Fill(template, template.Contains("{e164}", StringComparison.Ordinal) ? number.Value
            : template.Contains("{national}", StringComparison.Ordinal) ? NumberingPlan.National(number, country)
            : number.Digits);
    }

    static readonly SearchValues<char> Technology = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // A number that was stored by something else than the plan must not bring signs along.
    static bool IsNumber(PhoneNumber number) =>
        number.Value is ['+', .. var digits] && digits.Length is >= 5 and <= 15 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9');

    static string Fill(string template, string value)
    {
        foreach (var placeholder in Placeholders) template = template.Replace(placeholder, value, StringComparison.Ordinal);
        return template;
    }

    static int Count(string template, string placeholder) => template.AsSpan().Count(placeholder);

    static string Name(char c) => c switch
    {
        '\r' or '\n' => "line breaks",
        ' ' or '\t' => "spaces",
        '{' or '}' => "other braces than those of its placeholder",
        _ when char.IsControl(c) => "control characters",
        _ => $"\"{c}\"",
    };
}
