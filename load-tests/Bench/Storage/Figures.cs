using System.Text.Json;

namespace Carillon.Bench.Storage;

/// <summary>Prints figures as they are measured, for people or (one JSON object a line) for machines.</summary>
sealed class Figures(bool json, params (string Name, object Value)[] parameters)
{
    public void Add(string name, double value, string unit)
    {
        if (!json)
        {
            Console.WriteLine($"{name,-52} {value,14:N2} {unit}");
            return;
        }
        var line = new Dictionary<string, object> { ["name"] = name, ["value"] = value, ["unit"] = unit };
        foreach (var (key, parameter) in parameters) line[key] = parameter;
        Console.WriteLine(JsonSerializer.Serialize(line));
    }
}
