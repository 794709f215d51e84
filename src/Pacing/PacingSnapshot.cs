namespace Carillon.Pacing;

/// <summary>What a campaign knows when it decides. Counts below zero are read as zero.</summary>
public sealed record PacingSnapshot
{
    /// <summary>The campaign's schedule is open now.</summary>
    public required bool ScheduleOpen { get; init; }
    /// <summary>Agents of the queue who are logged in, paused ones included.</summary>
    public required int AgentsLoggedIn { get; init; }
    /// <summary>Of these, the ones who could take a call now.</summary>
    public required int AgentsFree { get; init; }
    /// <summary>Callers who wait in the queue and are none of any campaign's calls: free agents are for them first.</summary>
    public int InboundWaiting { get; init; }
    /// <summary>
    /// Calls of all campaigns that will take one of the free agents: placed for this queue and not yet joined with an agent. A call that rings an
    /// agent who is no longer counted as free is not among them, or the agent would count twice.
    /// </summary>
    public int Underway { get; init; }
    /// <summary>Calls of this campaign at any stage, talks included: each holds a channel.</summary>
    public int CampaignCalls { get; init; }
    /// <summary>Places that trunks and servers have left for this campaign; <see cref="int.MaxValue"/> if not asked.</summary>
    public int LinesLeft { get; init; } = int.MaxValue;
    /// <summary>Leads that are due now; <see cref="int.MaxValue"/> if not known.</summary>
    public int LeadsDue { get; init; } = int.MaxValue;
}

public sealed record PacingConfig
{
    /// <summary>At most so many calls of the campaign at once.</summary>
    public required int Channels { get; init; }
    /// <summary>Agents are rung before the customer is dialed: only who is idle and not being rung can be.</summary>
    public bool AgentFirst { get; init; }
}

/// <summary>What kept the decision from being higher.</summary>
public enum LimitingFactor { Schedule, NoAgents, AgentsBusy, CallersWaiting, CallsUnderway, Channels, Lines, Leads, FreeAgents, Ratio, Risk, AbandonmentBudget, Shares, CallsPerSecond }

/// <param name="Calls">How many calls to place now.</param>
/// <param name="Why">One sentence for people.</param>
/// <param name="LimitedBy">What to change for more.</param>
public sealed record PacingDecision(int Calls, string Why, LimitingFactor LimitedBy);
