using System.Collections.Immutable;
using System.Globalization;

namespace Carillon.Api.Floor;

/// <summary>Agents by their names, once a look for all pages of a node.</summary>
static class AgentOrder
{
    // Agent 2 before Agent 10.
    static readonly StringComparer Natural = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);

    /// <summary>Sorting by a culture's rules is dear and names hardly ever change: while they are the same, the order of the look before holds.</summary>
    public static ImmutableArray<FloorAgent> Of(IEnumerable<FloorAgent> agents, ImmutableArray<FloorAgent> before)
    {
        var now = agents.ToDictionary(a => a.Agent.Agent);
        var same = now.Count == before.Length && before.All(b => now.TryGetValue(b.Agent.Agent, out var a) && a.Agent.Name == b.Agent.Name);
        return same ? [.. before.Select(b => now[b.Agent.Agent])] : [.. now.Values.OrderBy(a => a.Agent.Name, Natural)];
    }
}
