using System.Buffers;

namespace Carillon.Servers;

/// <summary>
/// Names that become arguments of dialplan applications and AGI commands. Only signs that end no argument (<c>,</c>), begin no expression (<c>$</c>) or
/// further sound (<c>&amp;</c>), and close no quotes come through.
/// </summary>
public static class AnswerText
{
    const int Longest = 128;

    static readonly SearchValues<char> SoundSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./");
    static readonly SearchValues<char> PlaceSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+*#");
    static readonly SearchValues<char> KeySigns = SearchValues.Create("0123456789*#");

    /// <summary>What is wrong with the name of a sound, in one sentence; null when nothing is.</summary>
    public static string? SoundProblem(string? sound) =>
        string.IsNullOrEmpty(sound) ? "The name of a sound is needed, such as custom/offer."
        : sound.Length > Longest ? $"The name of a sound has at most {Longest} characters, not {sound.Length}."
        : sound.AsSpan().ContainsAnyExcept(SoundSigns) ? "The name of a sound has only letters, digits and _ - . / in it."
        : sound.Contains("..", StringComparison.Ordinal) ? "The name of a sound must not lead out of its folder."
        : null;

    /// <summary>What is wrong with a context or extension, in one sentence; null when nothing is.</summary>
    public static string? PlaceProblem(string? place) =>
        string.IsNullOrEmpty(place) ? "A place in the dialplan needs both a context and an extension."
        : place.Length > Longest ? $"At most {Longest} characters are allowed; there are {place.Length}."
        : place.AsSpan().ContainsAnyExcept(PlaceSigns) ? "Only letters, digits and _ - . + * # are allowed here."
        : null;

    /// <summary>What is wrong with the keys to be pressed, in one sentence; null when nothing is.</summary>
    public static string? KeysProblem(string? keys) =>
        string.IsNullOrEmpty(keys) || keys.Length > 12 || keys.AsSpan().ContainsAnyExcept(KeySigns) || keys.Distinct().Count() != keys.Length
            ? "Keys are digits, * and #, each once, such as 12#."
            : null;
}
