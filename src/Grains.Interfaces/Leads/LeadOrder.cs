using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace Carillon.Leads;

/// <summary>Which of the leads that are due comes first.</summary>
public enum DueOrder
{
    /// <summary>Whoever has been due for longest; a lead that was never called is due from its import on.</summary>
    LongestDue,
    /// <summary>Leads that were never called, before those whose time to be called again has come.</summary>
    FreshFirst,
    /// <summary>Leads whose time to be called again has come, before those that were never called.</summary>
    RetriesFirst,
}

/// <summary>Which of the leads that were never called comes first.</summary>
public enum FreshOrder
{
    Oldest,
    Newest,
    /// <summary>The lowest <see cref="Lead.CallOrder"/>; leads without one come after, oldest first.</summary>
    CallOrder,
    /// <summary>The highest <see cref="Lead.Chance"/>; leads without one come after, oldest first.</summary>
    Chance,
}

/// <summary>
/// The order in which a campaign calls its leads: callbacks by their time, then by priority, and within a priority its lists by turns, each in the order that
/// this says. The default is that of being due, and as many of one list as of any other.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record LeadOrder
{
    [Id(0)] public DueOrder Due { get; init; }
    /// <summary>An order other than Oldest needs FreshFirst or RetriesFirst: who has been due for longest is an order already.</summary>
    [Id(1)] public FreshOrder Fresh { get; init; }
    /// <summary>How long a lead that is due is held for its agent, before any agent may have it. Default 1 hour; at most 366 days.</summary>
    [Id(2)] public TimeSpan HoldFor { get; init; } = TimeSpan.FromHours(1);
    /// <summary>Shares of lists among leads of one priority, from 1 to 100 each; a list that is not named has 1. A list that has nothing due leaves its share to the others.</summary>
    [Id(3)] public ImmutableDictionary<string, int> Lists { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Leads that were never called have a place of their own, which they keep when they are put off.</summary>
    [JsonIgnore] public bool KnowsFresh => Due != DueOrder.LongestDue;
}
