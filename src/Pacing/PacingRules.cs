using System.Globalization;

namespace Carillon.Pacing;

/// <summary>
/// The progressive law of VoxLink: as many calls as agents are free, at most as many as the campaign has channels, none when all agents are busy
/// or the schedule is closed. A call that is underway to an agent counts as one agent and as one channel; callers who wait come first.
/// </summary>
public static class PacingRules
{
    public static PacingDecision Decide(PacingSnapshot snapshot, PacingConfig config)
    {
        var (loggedIn, free) = (AtLeastZero(snapshot.AgentsLoggedIn), AtLeastZero(snapshot.AgentsFree));
        if (!snapshot.ScheduleOpen) return None(LimitingFactor.Schedule, "The schedule is closed");
        if (loggedIn == 0) return None(LimitingFactor.NoAgents, "No agent is logged in");
        free = Math.Min(free, loggedIn);
        if (free == 0) return None(LimitingFactor.AgentsBusy, loggedIn == 1 ? "The only agent is busy" : Text($"All {loggedIn} agents are busy"));

        var (waiting, underway) = (AtLeastZero(snapshot.InboundWaiting), AtLeastZero(snapshot.Underway));
        var facts = new List<string> { Text($"{free} of {loggedIn} agents {(free == 1 ? "is" : "are")} free") };
        if (waiting > 0) facts.Add(waiting == 1 ? "1 caller waits for them" : Text($"{waiting} callers wait for them"));
        if (underway > 0) facts.Add(config.AgentFirst ? Text($"{underway} {(underway == 1 ? "is" : "are")} being rung")
            : underway == 1 ? "1 call is on its way to them" : Text($"{underway} calls are on their way to them"));

        // Sums in long: each count may be as large as an int.
        var calls = free;
        var limit = LimitingFactor.FreeAgents;
        Clamp((long)free - waiting, LimitingFactor.CallersWaiting, null);
        Clamp((long)free - waiting - underway, LimitingFactor.CallsUnderway, null);
        var channels = (long)config.Channels - AtLeastZero(snapshot.CampaignCalls);
        Clamp(channels, LimitingFactor.Channels, Channels(channels));
        Clamp(snapshot.LinesLeft, LimitingFactor.Lines, Lines(snapshot.LinesLeft));
        Clamp(snapshot.LeadsDue, LimitingFactor.Leads, AtLeastZero(snapshot.LeadsDue) == 0 ? "no lead is due" : snapshot.LeadsDue == 1 ? "1 lead is due" : Text($"{snapshot.LeadsDue} leads are due"));
        return new(calls, Text($"{string.Join(", ", facts)}: place {(calls == 0 ? "none" : calls)}."), limit);

        void Clamp(long most, LimitingFactor factor, string? fact)
        {
            most = Math.Max(0, most);
            if (most > calls) return;
            if (fact is not null) facts.Add(fact);
            if (most == calls) return;
            calls = (int)most;
            limit = factor;
        }
    }

    static PacingDecision None(LimitingFactor factor, string why) => new(0, why + ": place none.", factor);

    static string Channels(long left) => left <= 0 ? "no channel is left" : left == 1 ? "1 channel is left" : Text($"{left} channels are left");

    static string Lines(long left) => left <= 0 ? "no line is left on the trunks" : left == 1 ? "1 line is left on the trunks" : Text($"{left} lines are left on the trunks");

    static int AtLeastZero(int count) => Math.Max(0, count);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
