using System.Buffers;

namespace Carillon.Api.Calls;

/// <summary>Fields of a CSV file for people who will open it in a spreadsheet.</summary>
static class CsvText
{
    static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",;\t\r\n");

    /// <summary>
    /// Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"); a number with its sign, as
    /// phone numbers are, is no formula and stays as it is.
    /// </summary>
    public static string Field(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        if (IsFormula(value)) value = "'" + value;
        return value.AsSpan().ContainsAny(NeedQuotes) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    static bool IsFormula(string value) =>
        value[0] is '=' or '@' or '\t' or '\r' or '\n'
        || (value[0] is '+' or '-' && value.AsSpan(1).ContainsAnyExceptInRange('0', '9'));
}
