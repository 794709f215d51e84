using System.Globalization;

namespace Carillon.Pacing;

/// <summary>What a decision to dial ahead rested on. Chances and shares are 0 to 1.</summary>
public sealed record AheadSnapshot
{
    public required bool ScheduleOpen { get; init; }
    public required int AgentsLoggedIn { get; init; }
    /// <summary>Agents free now, less callers who wait for them.</summary>
    public required int Agents { get; init; }
    /// <summary>Busy ones who are expected to be free when a call that is placed now is answered.</summary>
    public required double AgentsExpected { get; init; }
    public required int Ringing { get; init; }
    public required double AnswersExpected { get; init; }
    /// <summary>Null if no lead is at hand.</summary>
    public double? AnswerChance { get; init; }
    public required double Risk { get; init; }
    /// <summary>What may be risked by all who dial for these agents. Set in the Predictive mode.</summary>
    public double? RiskLimit { get; init; }
    /// <summary>What this campaign might risk if it had the agents to itself. Null: the same.</summary>
    public double? OwnRiskLimit { get; init; }
    /// <summary>Set in the Ratio mode.</summary>
    public double? Ratio { get; init; }
    public required double AbandonmentRate { get; init; }
    public required double AbandonmentCap { get; init; }
    public required double AbandonsLeft { get; init; }
    public required int ChannelsLeft { get; init; }
    public required int LeadsDue { get; init; }
    /// <summary>How many calls were asked for.</summary>
    public required int Wanted { get; init; }
    /// <summary>And how many may be placed.</summary>
    public required int Granted { get; init; }
}

/// <summary>Says why so many calls are dialed ahead, in numbers that a supervisor understands.</summary>
public static class AheadRules
{
    public static PacingDecision Explain(AheadSnapshot s)
    {
        if (!s.ScheduleOpen) return new(0, "The schedule is closed: place none.", LimitingFactor.Schedule);
        if (s.AgentsLoggedIn <= 0) return new(0, "No agent is logged in: place none.", LimitingFactor.NoAgents);
        var place = s.Granted == 0 ? "place none." : Text($"place {s.Granted}.");
        if (s.ChannelsLeft <= 0) return new(s.Granted, $"No channel is left: {place}", LimitingFactor.Channels);
        if (s.LeadsDue <= 0) return new(s.Granted, $"No lead is due: {place}", LimitingFactor.Leads);
        var limit = Limit(s);
        return new(s.Granted, s.RiskLimit is { } risk ? Predictive(s, risk, limit) + place : Text($"{Agents(s)}, {s.Ringing} calls ring, {s.Ratio:0.##} for each agent: {place}"), limit);
    }

    static LimitingFactor Limit(AheadSnapshot s) =>
        s.Granted >= s.Wanted ? s.Wanted >= s.LeadsDue ? LimitingFactor.Leads : LimitingFactor.Channels
        : s.RiskLimit is null ? LimitingFactor.Ratio
        : s.RiskLimit == 0 && s.AbandonmentCap > 0 ? LimitingFactor.AbandonmentBudget : LimitingFactor.Risk;

    static string Predictive(AheadSnapshot s, double limit, LimitingFactor factor)
    {
        var forecast = Text($"{Agents(s)}, {s.AgentsExpected:0.#} more expected in time; {s.Ringing} calls ring, {s.AnswersExpected:0.#} of them should answer");
        var chance = s.AnswerChance is { } next ? Text($"; the next lead answers at {next:0%}") : "";
        var budget = Text($"; abandoned {s.AbandonmentRate:0.0%} of at most {s.AbandonmentCap:0.0%}, {Math.Floor(s.AbandonsLeft):0} left");
        if (factor == LimitingFactor.AbandonmentBudget) return forecast + chance + budget + "; the budget is used up, so only agents who are free are dialed for: ";
        var risk = Text($"; {(s.Granted > 0 ? "the last call" : "one more call")} would miss an agent at {s.Risk:0.0%}, ");
        // Below a tenth of a point nobody could read a difference.
        var risked = s.OwnRiskLimit is { } own && Math.Abs(own - limit) >= 0.0005
            ? Text($"{limit:0.0%} may be risked with those who share the agents, {own:0.0%} alone: ")
            : Text($"{limit:0.0%} may be risked: ");
        return forecast + chance + budget + risk + risked;
    }

    static string Agents(AheadSnapshot s) => s.Agents >= 0
        ? Text($"{s.Agents} of {s.AgentsLoggedIn} agents are free")
        : Text($"{-s.Agents} more callers wait than agents are free, of {s.AgentsLoggedIn}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
