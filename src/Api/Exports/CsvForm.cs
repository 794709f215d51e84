using Carillon.Api.Problems;

namespace Carillon.Api.Exports;

/// <summary>How a CSV file is written.</summary>
readonly record struct CsvForm(char Separator, bool ByteOrderMark)
{
    /// <param name="separator">comma (default), semicolon (what Excel expects where the comma is the decimal sign, as in Russian) or tab.</param>
    /// <param name="bom">Begin with a byte order mark, without which Excel takes UTF-8 for something else. Default true for semicolon.</param>
    public static CsvForm Read(string? separator, bool? bom)
    {
        var sign = separator switch
        {
            null or "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            _ => throw Refusal.Invalid("separator", "The separator is comma, semicolon or tab."),
        };
        return new(sign, bom ?? sign == ';');
    }
}
