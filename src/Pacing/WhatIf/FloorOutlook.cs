namespace Carillon.Pacing.WhatIf;

/// <summary>What a setting would come to. Shares are 0 to 1.</summary>
public sealed record FloorOutlook
{
    /// <summary>Talk and wrap-up of the agents' time at work.</summary>
    public required Spread Utilisation { get; init; }
    /// <summary>Of the calls that people answered.</summary>
    public required Spread AbandonedShare { get; init; }
    public required Spread CallsPerHour { get; init; }
    public required Spread TalksPerHour { get; init; }
    /// <summary>The list's end in the middlemost run.</summary>
    public required ListFate Fate { get; init; }
    /// <summary>Seconds from now; null unless <see cref="Fate"/> is Finished.</summary>
    public double? FinishAt { get; init; }
    public double? FinishEarliest { get; init; }
    /// <summary>Null if a run did not end.</summary>
    public double? FinishLatest { get; init; }
    /// <summary>Set if more was abandoned over the window than the cap allows: until that is made good nothing may be risked.</summary>
    public Recovery? Recovery { get; init; }
}

/// <param name="Answers">So many calls have to be answered before anybody may be abandoned again.</param>
/// <param name="Hours">Open hours that this takes.</param>
/// <param name="Utilisation">Meanwhile.</param>
public sealed record Recovery(double Answers, double Hours, double Utilisation)
{
    /// <summary>Answers without an abandoned one that it takes until the window is within the cap. With a cap of zero nothing is ever risked, and so nothing is made good.</summary>
    public static double Debt(FloorSetting setting, (long Answered, long Abandoned) window) =>
        setting is { Mode: FloorMode.Predictive, Cap: > 0 } ? Math.Max(0, window.Abandoned / setting.Cap - window.Answered) : 0;
}
