namespace Carillon.Api.Exports;

/// <summary>What is given away as a file, row by row.</summary>
/// <param name="Name">Of its sheet, in a workbook.</param>
/// <param name="Rows">Values: text, whole numbers and others, yes or no, instants; null where there is none.</param>
sealed record Table(string Name, IReadOnlyList<string> Header, IAsyncEnumerable<object?[]> Rows)
{
    /// <summary>A length of time as a value: seconds, with one decimal.</summary>
    public static double? Seconds(TimeSpan? time) => time is { } span ? Math.Round(span.TotalSeconds, 1) : null;
}
