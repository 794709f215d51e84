using System.Globalization;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Subscribers;

namespace Carillon.Leads;

/// <summary>What is known when somebody asks why a lead was not dialed.</summary>
public sealed record WhyFacts
{
    public required Lead Lead { get; init; }
    public required CampaignId Campaign { get; init; }
    public required CampaignStatus Status { get; init; }
    public required DateTimeOffset Now { get; init; }
    /// <summary>What keeps the campaign from dialing at all, in one sentence; null: nothing.</summary>
    public string? Problem { get; init; }
    /// <summary>The zone that times are told in.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public bool ScheduleOpen { get; init; } = true;
    /// <summary>Null: it does not open any more.</summary>
    public DateTimeOffset? ScheduleOpens { get; init; }
    public bool HasTrunk { get; init; } = true;
    public HoursNow OwnHours { get; init; } = HoursNow.Always;
    public ContactTerms Terms { get; init; } = ContactTerms.Free;
    public SubscriberFacts Subscriber { get; init; } = new();
    /// <summary>How long the campaign holds leads that are due for their agents.</summary>
    public TimeSpan HoldFor { get; init; }
    /// <summary>The agent who is looking at it.</summary>
    public AgentId? ShownTo { get; init; }
    /// <summary>Leads that are due and go before it.</summary>
    public int Ahead { get; init; }
    /// <summary>Why the campaign's pace is what it is.</summary>
    public string Pace { get; init; } = "";
}

/// <summary>Says why a lead was not dialed yet: everything at once, in the order in which it has to be cleared away.</summary>
public static class WhyRules
{
    public static LeadWhy Explain(WhyFacts facts)
    {
        var lead = facts.Lead;
        var isFinal = lead.NextAt is null && lead.Status != LeadStatus.Dialing;
        var reasons = isFinal ? [Final(lead)]
            : lead.Status == LeadStatus.Dialing ? [new(WhyNotReason.InCall, "The lead is being called now.")]
            : InTheWay(facts).DistinctBy(r => r.Reason).ToList();
        if (reasons.Count == 0) reasons.Add(Turn(facts));
        return new()
        {
            Why = reasons[0].Text,
            Reasons = [.. reasons],
            Number = lead.NextNumber,
            Zones = facts.Terms.Zones,
            Ahead = lead.NextAt <= facts.Now ? facts.Ahead : null,
        };
    }

    static WhyNot Final(Lead lead) => new(WhyNotReason.Final, lead.Status == LeadStatus.Excluded
        ? $"The lead is excluded: {(lead.ExcludedBecause ?? "nobody said why").TrimEnd('.')}."
        : $"The lead is through: {lead.Status} after {lead.Attempts} {(lead.Attempts == 1 ? "attempt" : "attempts")}{(lead.LastOutcome is { } outcome ? $", the last one {outcome}" : "")}.");

    static IEnumerable<WhyNot> InTheWay(WhyFacts facts)
    {
        var (lead, now) = (facts.Lead, facts.Now);
        if (facts.Status != CampaignStatus.Running) yield return new(WhyNotReason.CampaignNotRunning, $"The campaign is not running, it is {facts.Status}.");
        if (facts.Problem is { } problem) yield return new(WhyNotReason.CampaignNotReady, $"The campaign cannot dial: {problem}.");
        if (!facts.ScheduleOpen) yield return new(WhyNotReason.ScheduleClosed,
            facts.ScheduleOpens is { } opens ? $"The schedule is closed until {Text(opens, facts)}." : "The schedule does not open any more.", facts.ScheduleOpens);
        if (lead.NextAt > now && lead.PutOff is null) yield return NextTime(lead, lead.NextAt.Value, facts);
        if (!facts.HasTrunk) yield return new(WhyNotReason.NoTrunk, "No trunk of the campaign has a prefix of its number.");
        if (facts.Subscriber.ForbiddenIn(facts.Campaign, now) is { } entry) yield return DoNotCall(entry, facts);
        if (!facts.OwnHours.IsOpen) yield return OwnHours(facts);
        if (CapRules.Check(facts.Terms, facts.Subscriber.Calls, now) is { } cap)
            yield return new(cap.IsGap ? WhyNotReason.TooSoon : WhyNotReason.OverCap, $"The number is not called before {Text(cap.NotBefore, facts)}: {cap.Text}.", cap.NotBefore);
        if (facts.Subscriber.OpenAttempt is not null) yield return new(WhyNotReason.NumberInCall, "The number is in another call of ours.");
        if (facts.ShownTo is { } viewer) yield return new(WhyNotReason.ShownToAgent, $"Agent {viewer} is looking at it.");
        else if (lead.Agent is { } agent && lead.NextAt <= now && lead.NextAt + facts.HoldFor is { } until && until > now)
            yield return new(WhyNotReason.HeldForAgent, $"It is held for agent {agent} until {Text(until, facts)}; then any agent may have it.", until);
        // What put it off may have passed meanwhile; its time is set all the same.
        if (lead.NextAt > now && lead.PutOff is { } putOff) yield return PutOffUntil(putOff, lead.NextAt.Value, facts);
    }

    static WhyNot NextTime(Lead lead, DateTimeOffset at, WhyFacts facts) => new(WhyNotReason.NextTime, lead.Status switch
    {
        LeadStatus.Callback => $"Somebody asked to be called at {Text(at, facts)}.",
        _ when lead.Attempts > 0 => $"The retry rule calls it again at {Text(at, facts)}, after {lead.Attempts} {(lead.Attempts == 1 ? "attempt" : "attempts")}{(lead.LastOutcome is { } o ? $", the last one {o}" : "")}.",
        _ => $"It is due at {Text(at, facts)}.",
    }, at);

    static WhyNot DoNotCall(DoNotCallFact entry, WhyFacts facts) => new(WhyNotReason.DoNotCall,
        $"The number is on the do-not-call list of {(entry.Campaign is null ? "all campaigns" : "the campaign")}{(entry.Until is { } until ? $" until {Text(until, facts)}" : "")}{(entry.Reason is { } why ? $": {why.TrimEnd('.')}" : "")}.",
        entry.Until);

    static WhyNot OwnHours(WhyFacts facts)
    {
        var zones = facts.Terms.Zones;
        var where = zones.Length == 1 ? $"where the number is ({zones[0]})" : $"in every zone that the number may be in ({string.Join(", ", zones)})";
        return new(WhyNotReason.OutsideOwnHours,
            facts.OwnHours.Until is { } opens ? $"The rules of contact allow no call {where} before {Text(opens, facts)}." : $"The rules of contact never allow a call {where}.", facts.OwnHours.Until);
    }

    static WhyNot PutOffUntil(PutOff because, DateTimeOffset until, WhyFacts facts) => because switch
    {
        PutOff.NoTrunk => new(WhyNotReason.NoTrunk, $"No trunk of the campaign had a prefix of its number; it is tried again at {Text(until, facts)}.", until),
        PutOff.OwnHours => new(WhyNotReason.OutsideOwnHours, $"The hours where the number is put it off until {Text(until, facts)}.", until),
        PutOff.Cap => new(WhyNotReason.OverCap, $"A cap put it off until {Text(until, facts)}.", until),
        PutOff.NoRoom => new(WhyNotReason.NoRoom, $"The trunks that its number may go by were full, and many leads wait for them before it; it is tried again at {Text(until, facts)}.", until),
        PutOff.Gap => new(WhyNotReason.TooSoon, $"The gap between calls put it off until {Text(until, facts)}.", until),
        _ => new(WhyNotReason.DoNotCall, $"A do-not-call list put it off until {Text(until, facts)}.", until),
    };

    static WhyNot Turn(WhyFacts facts) => new(WhyNotReason.WaitsItsTurn,
        $"It is due and waits its turn: {(facts.Ahead == 0 ? "no lead is" : facts.Ahead == 1 ? "1 lead is" : $"about {facts.Ahead} leads are")} before it. {facts.Pace}".TrimEnd());

    static string Text(DateTimeOffset at, WhyFacts facts) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, facts.Zone):yyyy-MM-dd HH:mm} {facts.Zone.Id}");
}
