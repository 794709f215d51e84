using System.Collections.Immutable;

namespace Carillon.Api.Pages.Campaigns;

/// <summary>A list's share, as it is being written.</summary>
sealed class ShareRow
{
    public string List { get; set; } = "";
    public int Share { get; set; } = 1;

    /// <summary>Of the field in JSON, within the campaign.</summary>
    public string Path => "order.lists." + List.Trim();

    public static List<ShareRow> Of(ImmutableDictionary<string, int> lists) =>
        [.. lists.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new ShareRow { List = l.Key, Share = l.Value })];

    public static ImmutableDictionary<string, int> Config(IEnumerable<ShareRow> rows) =>
        rows.DistinctBy(r => r.Path).ToImmutableDictionary(r => r.List.Trim(), r => r.Share);
}
