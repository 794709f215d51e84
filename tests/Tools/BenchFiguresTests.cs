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
}
