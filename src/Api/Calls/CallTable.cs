using Carillon.Api.Exports;
using Carillon.Calls;

namespace Carillon.Api.Calls;

/// <summary>Call records as a file has them.</summary>
static class CallTable
{
    static readonly string[] Header =
    [
        "id", "campaign", "number", "attempt", "startedAt", "ringingAt", "answeredAt", "bridgedAt", "endedAt", "talkSeconds",
        "outcome", "abandoned", "agent", "server", "trunk", "callerId", "cause", "sipCode", "dialStatus", "reason",
        "verdict", "verdictCause", "verdictSeconds", "listenedSeconds", "key", "disposition", "dispositionBy", "dispositionNote",
    ];

    public static Table Of(IAsyncEnumerable<Attempt> calls, IReadOnlyDictionary<CampaignId, string> campaignNames) =>
        new("calls", Header, calls.Select(call => Row(call, campaignNames.GetValueOrDefault(call.Intent.Campaign) ?? call.Intent.Campaign.Value)));

    static object?[] Row(Attempt call, string campaign)
    {
        var intent = call.Intent;
        return
        [
            intent.Id.Value, campaign, intent.Number.Value, intent.AttemptNumber,
            intent.At, call.RingingAt, call.AnsweredAt, call.BridgedAt, call.EndedAt,
            Table.Seconds(call.Talk),
            call.Outcome?.ToString(), call.Abandoned, call.Agent?.Value, intent.Server.Value, intent.Trunk.Value, intent.CallerId,
            call.Reason.Cause, call.Reason.SipCode, call.Reason.DialStatus, call.Reason.Text,
            call.Verdict?.ToString(), call.VerdictCause, Table.Seconds(call.Detection), Table.Seconds(call.Listened), call.Key,
            call.Disposition?.Meaning.Name, call.Disposition?.By, call.Disposition?.Note,
        ];
    }
}
