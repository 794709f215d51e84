using System.Text.RegularExpressions;
using Carillon.Numbers;

namespace Carillon.Silo;

/// <summary>
/// Hides telephone numbers in text for the log: the runtime names grains by their keys, and a subscriber's is the number; the framework tells addresses of requests. A number is a plus and
/// at least eight digits; the plus may be escaped as in JSON or in an address, and nothing that it could belong to stands before it, as in versions and offsets of time. Where an
/// address has a number it needs no plus, and may be written as people write it.
/// </summary>
static partial class NumberMask
{
    /// <summary>Digits with at most two of what people put between them, as they are or escaped.</summary>
    const string Written = @"(?:\d(?:%2[089]|%2[DEde]|[ ().\-]){0,2}){7,16}\d";

    public static string Apply(string text) => InAddress().Replace(Number().Replace(text, static m => Masked(m.Groups[1].Value, m.Groups[2].Value)), static m => Masked(m.Groups[1].Value, Digits(m.Groups[2].Value)));

    static string Masked(string before, string digits) => before + new PhoneNumber("+" + digits).Masked[1..];

    static string Digits(string written) => NoDigit().Replace(written, "");

    // The last character of an escape in JSON, such as \n and \u0027, belongs to nothing.
    [GeneratedRegex(@"(?<=^|[^\w.]|\\[bfnrt]|\\u[\dA-Fa-f]{4})(\+|\\u002[Bb]|%2[Bb])([0-9]{8,})")]
    private static partial Regex Number();

    [GeneratedRegex(@"((?:/(?:contacts|do-not-call)/|(?:[?&]|\\u0026|%3[Ff]|%26)numbers?(?:=|%3[Dd]))(?:\+|\\u002[Bb]|%2[Bb]|%20| )?)(" + Written + @")(?![\w])")]
    private static partial Regex InAddress();

    [GeneratedRegex(@"%[0-9A-Fa-f]{2}|\D")]
    private static partial Regex NoDigit();
}
