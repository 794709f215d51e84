using System.Globalization;
using System.Text;
using Carillon.Calls;

namespace Carillon.Api.Calls;

static class CallsCsv
{
    static readonly string[] Header =
    [
        "id", "campaign", "number", "attempt", "startedAt", "ringingAt", "answeredAt", "bridgedAt", "endedAt", "talkSeconds",
        "outcome", "abandoned", "agent", "server", "trunk", "callerId", "cause", "sipCode", "dialStatus", "reason",
        "verdict", "verdictCause", "verdictSeconds", "listenedSeconds", "key", "disposition", "dispositionBy", "dispositionNote",
    ];

    public static async Task Write(
        Stream body, IAsyncEnumerable<Attempt> calls, IReadOnlyDictionary<CampaignId, string> campaignNames, CsvForm form, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(form.ByteOrderMark), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(form.Separator, Header));
        await foreach (var call in calls.WithCancellation(cancel))
        {
            var campaign = campaignNames.GetValueOrDefault(call.Intent.Campaign) ?? call.Intent.Campaign.Value;
            await writer.WriteLineAsync(string.Join(form.Separator, Fields(call, campaign).Select(CsvText.Field)));
        }
    }

    static IEnumerable<string?> Fields(Attempt call, string campaign)
    {
        var intent = call.Intent;
        return
        [
            intent.Id.Value, campaign, intent.Number.Value, Number(intent.AttemptNumber),
            Time(intent.At), Time(call.RingingAt), Time(call.AnsweredAt), Time(call.BridgedAt), Time(call.EndedAt),
            Seconds(call.Talk),
            call.Outcome?.ToString(), call.Abandoned ? "yes" : "no", call.Agent?.Value, intent.Server.Value, intent.Trunk.Value, intent.CallerId,
            Number(call.Reason.Cause), Number(call.Reason.SipCode), call.Reason.DialStatus, call.Reason.Text,
            call.Verdict?.ToString(), call.VerdictCause, Seconds(call.Detection), Seconds(call.Listened), call.Key,
            call.Disposition?.Meaning.Name, call.Disposition?.By, call.Disposition?.Note,
        ];
    }

    static string? Seconds(TimeSpan? time) => time is { } span ? Math.Round(span.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture) : null;

    static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
