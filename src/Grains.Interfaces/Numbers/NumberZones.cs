using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Carillon.Numbers;

/// <summary>
/// The time zones that a number may be in, by its longest known prefix. A number says where it was issued: several zones mean that it may be in any of them
/// (a Russian mobile number is in one of eleven), none that nothing is known of its country.
/// </summary>
public static class NumberZones
{
    const int LongestPrefix = 6;

    static readonly FrozenDictionary<string, ImmutableArray<string>> Prefixes = Load().ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> Zones = Prefixes.Values.SelectMany(z => z).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether any number is known to be of that zone.</summary>
    public static bool IsKnown(string? zone) => zone is not null && Zones.Contains(zone);

    /// <returns>IANA names; the same array for all numbers of an area.</returns>
    public static ImmutableArray<string> Of(PhoneNumber number) => AreaOf(number).Zones;

    /// <summary>Also of how many digits, the calling code included, the code of the number's area is; 0: nothing is known.</summary>
    public static (int Digits, ImmutableArray<string> Zones) AreaOf(PhoneNumber number)
    {
        var digits = number.Value.AsSpan(1);
        var lookup = Prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(LongestPrefix, digits.Length); length > 0; length--)
            if (lookup.TryGetValue(digits[..length], out var zones)) return (length, zones);
        return (0, []);
    }

    /// <summary>Every prefix that is known, without plus.</summary>
    internal static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> All => Prefixes;

    static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Load()
    {
        foreach (var name in (string[])["7", "1", "world"])
        {
            using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Zones/{name}.json")!;
            var plan = JsonSerializer.Deserialize<Plan>(file, JsonSerializerOptions.Web)!;
            if (plan.Prefix.Length > 0) yield return new(plan.Prefix, plan.Zones);
            foreach (var area in plan.Areas)
                foreach (var code in area.Codes) yield return new(plan.Prefix + code, area.Zones);
        }
    }

    /// <param name="Zones">Of numbers whose area is not known.</param>
    sealed record Plan(string Prefix, ImmutableArray<string> Zones, ImmutableArray<Area> Areas);

    sealed record Area(ImmutableArray<string> Zones, ImmutableArray<string> Codes);
}
