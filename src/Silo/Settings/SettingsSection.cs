using System.Reflection;

namespace Carillon.Silo;

/// <summary>A section of settings, read key by key, so that one that is wrong hides no other.</summary>
static class SettingsSection
{
    /// <param name="section">What was given, from wherever.</param>
    /// <param name="problems">Takes a sentence for each key that is no setting, or whose value cannot be read. Values of strings, which may be secret, are never repeated.</param>
    public static T Read<T>(IConfigurationSection section, List<string> problems) where T : new()
    {
        var options = new T();
        var known = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var given in section.GetChildren())
        {
            if (!known.TryGetValue(given.Key, out var property)) problems.Add($"{section.Key}:{given.Key} is no setting{Nearest(given.Key, known.Keys) switch { { } near => $"; {section.Key}:{near} is one", _ => "" }}.");
            else if (given.GetChildren().Any()) problems.Add($"{CommandLine.NameOf(section.Key, property.Name)} has nothing below it.");
            else if (given.Value is not null) Set(property, given);
        }
        return options;

        void Set(PropertyInfo property, IConfigurationSection given)
        {
            try
            {
                property.SetValue(options, given.Get(property.PropertyType));
            }
            catch (InvalidOperationException)
            {
                problems.Add($"{CommandLine.NameOf(section.Key, property.Name)} must be {Kind(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)}; it is '{given.Value}'.");
            }
        }
    }

    static string Kind(Type type) => type switch
    {
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time such as 00:01:30",
        _ => "a whole number",
    };

    /// <summary>What was meant, most likely.</summary>
    static string? Nearest(string key, IEnumerable<string> known) => known.Select(k => (Key: k, Edits: Edits(key, k))).Where(k => k.Edits <= 3).OrderBy(k => k.Edits).FirstOrDefault().Key;

    /// <summary>How many letters are to be changed, put in or left out, https://en.wikipedia.org/wiki/Levenshtein_distance.</summary>
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (same ? 0 : 1)));
            }
        }
        return row[to.Length];
    }
}
