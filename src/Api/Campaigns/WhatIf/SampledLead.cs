using Carillon.Calls;
using Carillon.Leads;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>A lead that is called in thought: the campaign's own retry rules say what each call makes of it.</summary>
sealed class SampledLead(Lead lead, CallRules rules, DateTimeOffset now) : IListLead
{
    Lead _lead = lead;

    public double? DueAt => _lead.NextAt is { } at ? Math.Max(0, (at - now).TotalSeconds) : null;
    public bool HasAnswered => _lead.HasAnswered;
    public int NextAttempt => _lead.Attempts + 1;

    public void Ended(PastCall call, double at)
    {
        var placed = now.AddSeconds(at);
        DateTimeOffset? answered = call.Answered ? placed.AddSeconds(call.Rang) : null;
        var change = LeadRules.After(
            new()
            {
                Intent = new()
                {
                    Id = default,
                    Campaign = _lead.Campaign,
                    LeadId = _lead.Id,
                    Number = _lead.NextNumber,
                    Server = default,
                    Trunk = default,
                    At = placed,
                    AttemptNumber = NextAttempt,
                    AttemptsSinceAnswer = _lead.AttemptsSinceAnswer,
                },
                AnsweredAt = answered,
                EndedAt = placed.AddSeconds(call.Rang + call.Ready + (call.Talk ?? 0)),
                Outcome = (Outcome)call.Outcome,
            },
            _lead, rules);
        _lead = _lead with { Attempts = NextAttempt, AttemptsSinceAnswer = change.AttemptsSinceAnswer, Status = change.Status, Tries = change.Tries, NextAt = change.NextAt };
    }
}
