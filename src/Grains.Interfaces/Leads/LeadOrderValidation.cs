using Carillon.Config;

namespace Carillon.Leads;

/// <summary>What is wrong with an order of leads, or a place in it, that a user sends.</summary>
public static class LeadOrderValidation
{
    public const int LongestListName = 64;

    const int MostLists = 32;
    const int MostWeight = 100;

    static readonly TimeSpan LongestHold = TimeSpan.FromDays(366);

    public static IEnumerable<ConfigProblem> Validate(LeadOrder order, string path)
    {
        if (order.Fresh != FreshOrder.Oldest && order.Due == DueOrder.LongestDue)
            yield return new($"{path}.fresh", $"The order {order.Fresh} needs due to be FreshFirst or RetriesFirst: LongestDue is an order already.");
        if (order.HoldFor < TimeSpan.Zero || order.HoldFor > LongestHold)
            yield return new($"{path}.holdFor", $"Leads can be held from 0 to {LongestHold.Days} days, not {order.HoldFor}.");
        if (order.Lists.Count > MostLists) yield return new($"{path}.lists", $"At most {MostLists} lists can have shares, not {order.Lists.Count}.");
        foreach (var (list, weight) in order.Lists)
            if (weight is < 1 or > MostWeight) yield return new($"{path}.lists.{list}", $"A share must be from 1 to {MostWeight}, not {weight}.");
    }

    public static IEnumerable<ConfigProblem> Validate(LeadPlace place)
    {
        if (place.Priority is < 0 or > Lead.HighestPriority) yield return new("priority", $"The priority must be from 0 to {Lead.HighestPriority}, not {place.Priority}.");
        if (place.Chance is < 0 or > 1 or double.NaN) yield return new("chance", "The chance must be from 0 to 1.");
        if (place.List.Length > LongestListName) yield return new("list", $"The name of a list has at most {LongestListName} characters, not {place.List.Length}.");
    }
}
