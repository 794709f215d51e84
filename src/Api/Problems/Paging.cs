using System.Globalization;

namespace Carillon.Api.Problems;

/// <summary>Long lists come in pages: <c>limit</c> and the <c>next</c> of the page before as <c>cursor</c>.</summary>
static class Paging
{
    public const int MaxLimit = 1000;

    public static int Limit(int? limit) => limit switch
    {
        null => 100,
        >= 1 and <= MaxLimit => limit.Value,
        _ => throw Refusal.Invalid("limit", $"The limit must be from 1 to {MaxLimit}."),
    };

    public static long? Number(string? cursor)
    {
        if (cursor is null) return null;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad();
    }

    public static Refusal Bad() => Refusal.Invalid("cursor", "This is not a cursor that a list gave.");
}
