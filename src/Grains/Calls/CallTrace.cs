using System.Diagnostics;

namespace Carillon.Calls;

/// <summary>
/// One tree of spans for each attempt, told when it has ended, from its record: so it is whole also for a call that another node placed, and costs nothing
/// while nobody listens. The number is masked.
/// </summary>
static class CallTrace
{
    public const string SourceName = "Carillon.Calls";

    static readonly ActivitySource Source = new(SourceName);

    public static void Tell(Attempt attempt)
    {
        if (!Source.HasListeners() || attempt.EndedAt is not { } end) return;
        var begin = attempt.Intent.At;
        using var root = Source.StartActivity("attempt", ActivityKind.Producer, default(ActivityContext), Tags(attempt), startTime: begin);
        if (root is null) return;
        // A phase lasts until the next one that came; what never came has no span.
        Phase(root, "originate", begin, attempt.RingingAt ?? attempt.AnsweredAt ?? end);
        if (attempt.RingingAt is { } ringing) Phase(root, "ring", ringing, attempt.AnsweredAt ?? end);
        if (attempt.AnsweredAt is { } answered) Phase(root, "answer", answered, attempt.BridgedAt ?? end);
        if (attempt.BridgedAt is { } bridged) Phase(root, "bridge", bridged, end);
        if (attempt.Outcome is Outcome.Failed or Outcome.Unknown or Outcome.Congestion) root.SetStatus(ActivityStatusCode.Error, attempt.Reason.Text);
        root.SetEndTime(end.UtcDateTime);
        root.Stop();
    }

    static void Phase(Activity attempt, string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var phase = Source.StartActivity(name, ActivityKind.Internal, attempt.Context, startTime: from);
        phase?.SetEndTime((to < from ? from : to).UtcDateTime);
        phase?.Stop();
    }

    static IEnumerable<KeyValuePair<string, object?>> Tags(Attempt attempt) =>
    [
        new("carillon.attempt", attempt.Intent.Id.Value),
        new("carillon.campaign", attempt.Intent.Campaign.Value),
        new("carillon.lead", attempt.Intent.LeadId),
        new("carillon.number", attempt.Intent.Number.Masked),
        new("carillon.server", attempt.Intent.Server.Value),
        new("carillon.trunk", attempt.Intent.Trunk.Value),
        new("carillon.outcome", attempt.Outcome?.ToString()),
        new("carillon.agent", attempt.Agent?.Value),
        new("carillon.cause", attempt.Reason.Cause),
    ];
}
