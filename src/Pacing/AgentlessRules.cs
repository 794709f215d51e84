using System.Globalization;

namespace Carillon.Pacing;

/// <summary>Messages and scripts need no agents: as many calls as the campaign has channels and the trunks have lines.</summary>
public static class AgentlessRules
{
    public static PacingDecision Decide(PacingSnapshot snapshot, PacingConfig config)
    {
        if (!snapshot.ScheduleOpen) return new(0, "The schedule is closed: place none.", LimitingFactor.Schedule);
        var (underway, lines, leads) = (Math.Max(0, snapshot.CampaignCalls), Math.Max(0, snapshot.LinesLeft), Math.Max(0, snapshot.LeadsDue));
        var channels = Math.Max(0, config.Channels - underway);
        var calls = Math.Min(channels, Math.Min(lines, leads));
        var facts = Text($"{underway} of {config.Channels} channels are in use");
        // Ties go to what somebody can change.
        return calls == channels ? new(calls, Said(facts), LimitingFactor.Channels)
            : calls == lines ? new(calls, Said($"{facts}, {(lines == 0 ? "no line is left on the trunks" : Text($"{lines} lines are left on the trunks"))}"), LimitingFactor.Lines)
            : new(calls, Said($"{facts}, {(leads == 0 ? "no lead is due" : Text($"{leads} leads are due"))}"), LimitingFactor.Leads);

        string Said(string what) => Text($"{what}: place {(calls == 0 ? "none" : calls)}.");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
