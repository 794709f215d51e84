using System.Text.RegularExpressions;
using Carillon.Numbers;

namespace Carillon.Silo;

/// <summary>
/// Hides telephone numbers in text for the log: the runtime names grains by their keys, and a subscriber's is the number. A number is a plus and at least eight digits; the plus may be
/// escaped as in JSON or in an address, and nothing that it could belong to stands before it, as in versions and offsets of time.
/// </summary>
static partial class NumberMask
{
    public static string Apply(string text) => Number().Replace(text, static m => m.Groups[1].Value + new PhoneNumber("+" + m.Groups[2].Value).Masked[1..]);

    // The last character of an escape in JSON, such as \n and \u0027, belongs to nothing.
    [GeneratedRegex(@"(?<=^|[^\w.]|\\[bfnrt]|\\u[\dA-Fa-f]{4})(\+|\\u002[Bb]|%2[Bb])([0-9]{8,})")]
    private static partial Regex Number();
}
