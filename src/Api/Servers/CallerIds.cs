using System.Text.RegularExpressions;
using Carillon.Api.Problems;

namespace Carillon.Api.Servers;

static partial class CallerIds
{
    /// <summary>A number, or a name and a number as Asterisk writes them: <c>"Shop" &lt;+74950000000&gt;</c>.</summary>
    public static void Check(string? callerId, FieldErrors errors) =>
        errors.AddIf(callerId is not null && !Form().IsMatch(callerId), "callerId", "A caller ID is a number such as +74950000000, or a name and a number: Shop <+74950000000>.");

    [GeneratedRegex(@"^(\+?[0-9*#]{1,32}|(""[^""<>\p{C}]{1,60}""|[^""<>\p{C}]{1,60}) ?<\+?[0-9*#]{1,32}>)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
