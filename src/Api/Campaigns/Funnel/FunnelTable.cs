using Carillon.Api.Exports;
using Carillon.Calls;

namespace Carillon.Api.Campaigns.Funnel;

static class FunnelTable
{
    static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();

    static readonly string[] Header =
        ["key", "attempts", "rang", "pickedUp", "answered", "talks", "abandoned", .. Outcomes.Select(o => "outcome" + o)];

    public static Table Of(FunnelAnswer answer) => new("funnel", Header, answer.Rows.ToAsyncEnumerable().Select(Row));

    static object?[] Row(FunnelRow row) =>
        [row.Key, row.Attempts, row.Rang, row.PickedUp, row.Answered, row.Talks, row.Abandoned, .. Outcomes.Select(o => (object?)row.Outcomes.GetValueOrDefault(o))];
}
