using Carillon.Leads;
using Orleans;

namespace Carillon.Dispositions;

/// <summary>What becomes of the lead.</summary>
public enum DispositionAction
{
    /// <summary>It is done with.</summary>
    Completed,
    /// <summary>It is called again, before all that are due without having been promised a call.</summary>
    CallAgain,
    /// <summary>This number is not the person's: it is called no more, the lead's next one is.</summary>
    OtherNumber,
    /// <summary>This campaign calls the lead no more.</summary>
    Exclude,
    /// <summary>The number goes on a do-not-call list, and the lead is excluded.</summary>
    DoNotCall,
}

/// <summary>One of the answers that an agent can give to "what came of this call?".</summary>
[GenerateSerializer, Immutable]
public sealed record DispositionConfig
{
    /// <summary>Shown to people; unique.</summary>
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required DispositionAction Action { get; init; }
    /// <summary>CallAgain: when, how often this answer may lead to another call, and what then. Null: after a day, three times.</summary>
    [Id(2)] public RetryRule? Retry { get; init; }
    /// <summary>CallAgain: the agent may say when, at most <see cref="LatestCall"/> ahead. Default false.</summary>
    [Id(3)] public bool AgentChoosesTime { get; init; }
    /// <summary>CallAgain: by the same agent, for as long as the campaign holds leads for their agents (its order's <c>holdFor</c>). Default false: by any.</summary>
    [Id(4)] public bool SameAgent { get; init; }
    /// <summary>DoNotCall: the list of all campaigns, rather than that of the call's. Default false.</summary>
    [Id(5)] public bool Everywhere { get; init; }
    /// <summary>The group for whose campaigns it is; null: for all.</summary>
    [Id(6)] public string? Group { get; init; }

    public static readonly TimeSpan LatestCall = TimeSpan.FromDays(366);

    static readonly RetryRule AfterADay = new() { Attempts = 3, Interval = TimeSpan.FromDays(1) };

    public RetryRule RetryOrDefault => Retry ?? AfterADay;
}
