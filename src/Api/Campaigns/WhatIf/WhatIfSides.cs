using Carillon.Campaigns;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>A simulation's figures as clients read them: rounded to what they are worth, with dates.</summary>
static class WhatIfSides
{
    public static WhatIfSide Of(PacingMode mode, FloorSetting setting, FloorOutlook outlook, DateTimeOffset now) => new(
        setting.Agents, mode,
        mode == PacingMode.Ratio ? setting.Ratio : null, mode == PacingMode.Ratio ? setting.RatioOf : null, mode == PacingMode.Predictive ? setting.Cap : null,
        setting.Channels, setting.AnswerTimes,
        Rounded(outlook.Utilisation, 4), Rounded(outlook.AbandonedShare, 4), Rounded(outlook.CallsPerHour, 1), Rounded(outlook.TalksPerHour, 1),
        new(At(outlook.FinishAt, now), At(outlook.FinishEarliest, now), At(outlook.FinishLatest, now), outlook.FinishAt is null ? WhatIfWords.Never(outlook.Fate) : null),
        outlook.Recovery is { } r ? new((long)Math.Ceiling(r.Answers), double.IsFinite(r.Hours) ? Math.Round(r.Hours, 1) : null, Math.Round(r.Utilisation, 4)) : null);

    static Spread Rounded(Spread spread, int digits) => new(Math.Round(spread.Expected, digits), Math.Round(spread.Low, digits), Math.Round(spread.High, digits));

    /// <summary>To the second.</summary>
    static DateTimeOffset? At(double? seconds, DateTimeOffset now) => seconds is { } s ? now.AddSeconds(Math.Round(s)) : null;
}
