using System.Text.Json;

namespace Carillon.Tools.Tests;

public sealed class BenchFiguresTests
{
    [Fact]
    public async Task For_machines_each_figure_is_one_object_a_line_with_its_name_value_unit_and_parameters()
    {
        await using var bench = Tool.Start("Bench", "ami", "--for", "200ms", "--json");
        Assert.Equal(0, await bench.Ended());
        var figures = bench.Said.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(figures, figure => Assert.Equal(["name", "value", "unit", "parameters"], figure.EnumerateObject().Select(field => field.Name)));
        var typed = figures.Single(figure => figure.GetProperty("name").GetString() == "ami.parse.typed.memory");
        Assert.True(typed.GetProperty("value").GetDouble() > 0);
        Assert.Equal("B/event", typed.GetProperty("unit").GetString());
        Assert.Equal(160, typed.GetProperty("parameters").GetProperty("bar").GetInt32());
    }

    [Fact]
    public async Task The_pacing_bench_gives_one_object_for_each_law_and_ends_with_0_when_every_bar_was_met()
    {
        await using var bench = Tool.Start("PacingBench", "--json", "--agents", "5", "--answer", "0.25", "--world", "standard", "--days", "1", "--law", "progressive,carillon");
        Assert.Equal(0, await bench.Ended());
        var cells = bench.Said.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(cell => cell.GetProperty("law").GetString()!);
        Assert.Equal(["carillon", "progressive"], cells.Keys.Order());
        Assert.All(cells.Values, cell => Assert.All(["law", "agents", "answer", "world", "utilisation", "abandoned", "daysOver", "dials"], field => Assert.True(cell.TryGetProperty(field, out _), field)));
        Assert.True(cells["carillon"].GetProperty("utilisation").GetDouble() > cells["progressive"].GetProperty("utilisation").GetDouble());
        Assert.Contains("3 of 3 bars met", bench.Said, StringComparison.Ordinal);
    }
}
