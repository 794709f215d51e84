using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>What is known of a campaign: its records, its list, its agents and its hours, read once.</summary>
/// <param name="Lines">Channels of its trunks.</param>
sealed record WhatIfFacts(CampaignConfig Campaign, int Agents, int Lines, TimeZoneInfo Zone, DateTimeOffset Now, WhatIfHistory History, WhatIfBasis Basis)
{
    /// <summary>The campaign's settings, or what they would be.</summary>
    public FloorSetting Setting(WhatIfRequest request)
    {
        var pacing = Campaign.Pacing;
        return new()
        {
            Agents = request.AgentsAfter(Agents),
            Mode = (request.Mode ?? Campaign.Mode) switch
            {
                PacingMode.Ratio => FloorMode.Ratio,
                PacingMode.Predictive => FloorMode.Predictive,
                _ => FloorMode.Progressive,
            },
            Ratio = request.Ratio ?? pacing.Ratio,
            RatioOf = request.RatioOf ?? pacing.RatioOf,
            Cap = request.AbandonmentCap ?? pacing.AbandonmentCap,
            Window = pacing.AbandonmentWindow.TotalSeconds,
            Channels = Math.Min(request.Channels ?? Campaign.Channels, Lines),
            AbandonAfter = Campaign.AbandonAfter.TotalSeconds,
            AnswerTimes = request.AnswerTimes ?? 1,
        };
    }
}
