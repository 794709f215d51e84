using System.Globalization;
using System.Text.Json;
using Carillon.PacingBench.Laws;

namespace Carillon.PacingBench.Runs;

static class Report
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void WriteJson(TextWriter to, Cell cell) => to.WriteLine(JsonSerializer.Serialize(
        new
        {
            cell.Law,
            cell.Agents,
            cell.Answer,
            cell.World,
            Utilisation = Math.Round(cell.Utilisation, 4),
            Abandoned = Math.Round(cell.Abandoned, 4),
            cell.DaysOver,
            cell.Dials,
            cell.Days,
            cell.Ratio,
        },
        Json));

    /// <summary>A table for each world and answer probability: utilisation, and abandonment in brackets; "!" where that is above the cap.</summary>
    public static void WriteTables(TextWriter to, IReadOnlyList<Cell> cells)
    {
        foreach (var table in cells.GroupBy(cell => (cell.World, cell.Answer)))
        {
            to.WriteLine();
            to.WriteLine(Text($"World {table.Key.World}, answer probability {table.Key.Answer:0.00}: utilisation in % (abandoned in %; ! above {100 * LawCatalog.Cap:0.#}; days over of days)"));
            var laws = LawCatalog.Names.Where(law => table.Any(cell => cell.Law == law)).ToList();
            to.WriteLine("| agents | " + string.Join(" | ", laws) + " |");
            to.WriteLine("|---|" + string.Concat(laws.Select(_ => "---|")));
            foreach (var row in table.GroupBy(cell => cell.Agents).OrderBy(row => row.Key))
                to.WriteLine(Text($"| {row.Key} | {string.Join(" | ", laws.Select(law => row.FirstOrDefault(cell => cell.Law == law)).Select(Short))} |"));
        }
    }

    public static void WriteBars(TextWriter to, IReadOnlyList<Bar> bars)
    {
        to.WriteLine();
        foreach (var bar in bars) to.WriteLine($"{(bar.Met ? "met    " : "NOT MET")} {bar.Text}");
        to.WriteLine(Text($"{bars.Count(bar => bar.Met)} of {bars.Count} bars met"));
    }

    static string Short(Cell? cell) =>
        cell is null ? "" : Text($"{100 * cell.Utilisation:0.0} ({100 * cell.Abandoned:0.00}{(cell.Abandoned > LawCatalog.Cap ? "!" : "")}; {cell.DaysOver}/{cell.Days})");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
