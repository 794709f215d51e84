using System.Globalization;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>How Orleans writes integer and GUID keys; storage keys must be the same on both hosts.</summary>
static class GrainKeys
{
    public static string Format(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    public static string Format(Guid key) => key.ToString("N");

    public static long ParseInteger(GrainId id) =>
        long.TryParse(id.Key.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {id}");

    public static Guid ParseGuid(GrainId id) =>
        Guid.TryParseExact(id.Key.ToString(), "N", out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract GUID key from grain id {id}");
}
