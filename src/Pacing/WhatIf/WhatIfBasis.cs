namespace Carillon.Pacing.WhatIf;

/// <summary>What is known of a campaign when somebody asks what if. Times are in seconds from now.</summary>
public sealed record WhatIfBasis
{
    public required CallHistory History { get; init; }
    /// <summary>Seconds, any of which a wrap-up may take; none: there is no wrap-up.</summary>
    public IReadOnlyList<double> WrapUps { get; init; } = [];
    /// <summary>When leads may be called that have not answered yet.</summary>
    public WorkingTime Unanswered { get; init; } = WorkingTime.Always();
    /// <summary>And those that have.</summary>
    public WorkingTime Answered { get; init; } = WorkingTime.Always();
    /// <summary>The campaign's hour of the day.</summary>
    public required Func<double, int> Hour { get; init; }
    /// <summary>A sample of the leads that are left, made anew each time: calling changes them.</summary>
    public required Func<IEnumerable<IListLead>> Leads { get; init; }
    /// <summary>Each of them stands for so many.</summary>
    public double Weight { get; init; } = 1;
    /// <summary>Calls that people answered within the window of the cap, and of these the abandoned ones.</summary>
    public (long Answered, long Abandoned) Window { get; init; }
}
