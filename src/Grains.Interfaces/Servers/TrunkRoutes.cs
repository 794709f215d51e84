using System.Collections.Immutable;
using Carillon.Numbers;

namespace Carillon.Servers;

/// <summary>Which trunks a number may go by, and which of them is for such numbers rather than for all.</summary>
public static class TrunkRoutes
{
    /// <summary>
    /// With how many of its first digits the number fits the trunk: by the longest of its prefixes, or by the area code of one of its regions. 0: the trunk takes all
    /// numbers. Null: it does not take this one. A number that may be in several regions fits only if the trunk takes them all.
    /// </summary>
    public static int? Fit(TrunkConfig trunk, PhoneNumber number)
    {
        if (trunk.Prefixes.IsEmpty && trunk.Regions.IsEmpty) return 0;
        var best = 0;
        foreach (var prefix in trunk.Prefixes)
            if (prefix.Length - 1 > best && number.Value.StartsWith(prefix, StringComparison.Ordinal)) best = prefix.Length - 1;
        if (trunk.Regions.IsEmpty) return best > 0 ? best : null;
        var (digits, zones) = NumberZones.AreaOf(number);
        if (digits > best && zones.All(trunk.Regions.Contains)) best = digits;
        return best > 0 ? best : null;
    }

    /// <summary>The trunks that the number may go by, those that fit it best first; those that fit alike stand together, and the server chooses among them.</summary>
    public static ImmutableArray<ImmutableArray<TrunkId>> Of(IEnumerable<KeyValuePair<TrunkId, TrunkConfig>> trunks, PhoneNumber number) =>
    [
        .. trunks.Select(t => (t.Key, Fit: Fit(t.Value, number))).Where(t => t.Fit is not null)
            .GroupBy(t => t.Fit!.Value, t => t.Key).OrderByDescending(g => g.Key).Select(g => g.ToImmutableArray()),
    ];
}
