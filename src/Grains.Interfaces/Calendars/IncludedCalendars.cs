using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Carillon.Calendars;

/// <summary>The calendars that come with Carillon: one JSON file of a country each, with the decisions that its years are from.</summary>
public static class IncludedCalendars
{
    static readonly ImmutableDictionary<string, (CalendarConfig Config, WorkCalendar Calendar)> Calendars =
        new[] { Load("RU") }.ToImmutableDictionary(c => c.Name, c => (c, WorkCalendar.Of(c)), StringComparer.OrdinalIgnoreCase);

    public static ImmutableArray<CalendarConfig> All => [.. Calendars.Values.Select(c => c.Config).OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <param name="name">Such as <c>RU</c>, in whatever case.</param>
    public static CalendarConfig? Config(string name) => Calendars.TryGetValue(name, out var found) ? found.Config : null;

    public static WorkCalendar? Find(string name) => Calendars.TryGetValue(name, out var found) ? found.Calendar : null;

    static CalendarConfig Load(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Calendars/{name}.json")!;
        return JsonSerializer.Deserialize<CalendarConfig>(file, JsonSerializerOptions.Web)!;
    }
}
