using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Pacing;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>What to change; what is left out stays as it is.</summary>
/// <param name="Agents">At work whenever the campaign is open; 1 to 5,000.</param>
/// <param name="AgentsMore">So many more than now, or fewer if below zero; instead of <paramref name="Agents"/>.</param>
/// <param name="Mode">Progressive, Ratio or Predictive.</param>
/// <param name="Ratio">Ratio: calls for each agent, 1 to 10.</param>
/// <param name="RatioOf">Ratio: what is multiplied.</param>
/// <param name="AbandonmentCap">Predictive: the share of answered calls that may be abandoned, 0 to 0.2.</param>
/// <param name="Channels">The campaign's calls at once; 1 to 100,000.</param>
/// <param name="AnswerTimes">People answer so many times as often as they did; 0.1 to 10.</param>
/// <param name="WrapUp">Every wrap-up takes so long, now as well: for campaigns whose wrap-ups nobody has seen. At most an hour.</param>
/// <param name="Seed">Another one draws other calls. Default 1.</param>
sealed record WhatIfRequest(
    int? Agents = null, int? AgentsMore = null, PacingMode? Mode = null, double? Ratio = null, RatioOf? RatioOf = null, double? AbandonmentCap = null,
    int? Channels = null, double? AnswerTimes = null, TimeSpan? WrapUp = null, int Seed = 1)
{
    public const int MostAgents = 5000;

    public bool ChangesNothing => this with { WrapUp = null, Seed = 0 } == new WhatIfRequest(Seed: 0);

    /// <param name="agents">At work now.</param>
    public int AgentsAfter(int agents) => Agents ?? agents + (AgentsMore ?? 0);

    public void Check(CampaignConfig campaign, int agents, FieldErrors errors)
    {
        if (Agents is { } wanted) errors.Range(wanted, 1, MostAgents, "agents");
        errors.AddIf(Agents is not null && AgentsMore is not null, "agentsMore", "Say agents or agentsMore, not both.");
        if (Agents is null && AgentsMore is { } more)
            errors.AddIf((long)agents + more is < 1 or > MostAgents, "agentsMore", $"There are {agents} agents: with {more} more it would not be 1 to {MostAgents}.");
        else errors.AddIf(Agents is null && agents < 1, "agents", "Nobody is at work in the queue, and nobody was on the last day: say how many agents.");
        errors.AddIf(agents > MostAgents, "agents", $"{agents} agents are at work; this is known of {MostAgents} at most.");
        var mode = Mode ?? campaign.Mode;
        errors.AddIf(Mode is PacingMode.Preview or PacingMode.Agentless, "mode", "This is known of the modes Progressive, Ratio and Predictive.");
        errors.AddIf(campaign.AgentFirst && Mode is PacingMode.Ratio or PacingMode.Predictive, "mode", "The campaign rings agents first, which goes with Progressive only.");
        Number(Ratio, 1, 10, "ratio");
        Number(AbandonmentCap, 0, 0.2, "abandonmentCap");
        Number(AnswerTimes, 0.1, 10, "answerTimes");
        errors.AddIf(Ratio is not null && mode != PacingMode.Ratio, "ratio", $"A ratio is for the mode Ratio; this is {mode}.");
        errors.AddIf(RatioOf is not null && mode != PacingMode.Ratio, "ratioOf", $"A ratio is for the mode Ratio; this is {mode}.");
        errors.AddIf(AbandonmentCap is not null && mode != PacingMode.Predictive, "abandonmentCap", $"The cap is for the mode Predictive; this is {mode}.");
        if (Channels is { } channels) errors.Range(channels, 1, 100_000, "channels");
        if (WrapUp is { } wrapUp) errors.Range(wrapUp, TimeSpan.Zero, TimeSpan.FromHours(1), "wrapUp");

        void Number(double? value, double from, double to, string field)
        {
            if (value is { } number) errors.AddIf(!(number >= from && number <= to), field, FormattableString.Invariant($"The value must be from {from} to {to}; it is {number}."));
        }
    }
}
