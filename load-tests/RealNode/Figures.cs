using System.Globalization;
using System.Text.Json;

namespace Carillon.RealNode;

/// <summary>Prints what was measured: for people, or one JSON object a line.</summary>
/// <param name="run">What holds for every figure of this run: told to machines only.</param>
sealed class Figures(bool json, params (string Key, object Value)[] run)
{
    public void Add(string name, double value, string unit, params (string Key, object Value)[] parameters)
    {
        var rounded = Math.Abs(value) >= 100 ? Math.Round(value) : Math.Round(value, 2);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { name, value = rounded, unit, parameters = run.Concat(parameters).ToDictionary(p => p.Key, p => p.Value) }));
            return;
        }
        var text = string.Join(", ", parameters.Select(p => $"{p.Key} {p.Value}"));
        Console.WriteLine($"{name,-48} {rounded.ToString("#,0.##", CultureInfo.InvariantCulture),14} {unit,-10} {text}");
    }
}
