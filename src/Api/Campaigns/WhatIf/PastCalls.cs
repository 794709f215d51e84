using Carillon.Calls;
using Carillon.Pacing.WhatIf;
using Carillon.Storage;

namespace Carillon.Api.Campaigns.WhatIf;

static class PastCalls
{
    /// <summary>A call record as calls to come are drawn from it.</summary>
    public static PastCall Of(PastAttempt past, TimeZoneInfo zone)
    {
        // A machine that was connected took an agent's time as a person does.
        var wantsAgent = past.Outcome is Outcome.HumanAnswered or Outcome.Abandoned || (past.Outcome == Outcome.Machine && past.BridgedAt is not null);
        var hour = TimeZoneInfo.ConvertTime(past.At, zone).Hour;
        if (!wantsAgent || past.AnsweredAt is not { } answered)
            return new(past.AttemptNumber, hour, false, Between(past.At, past.EndedAt), Failed: past.Outcome is Outcome.Congestion or Outcome.Failed, Outcome: (int)past.Outcome);
        return new(
            past.AttemptNumber, hour, true, Between(past.At, answered), past.VerdictAt is { } verdict ? Between(answered, verdict) : 0,
            past.BridgedAt is { } bridged ? Between(bridged, past.EndedAt) : null, Outcome: (int)past.Outcome);
    }

    static double Between(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (to - from).TotalSeconds);
}
