using Carillon.Agents;
using Carillon.Queues;

namespace Carillon.Grains.Tests;

/// <summary>Floors of agents, for tests of what a queue grants.</summary>
static class Rosters
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>An agent with a seat on each of the servers; for a minute, the higher the number the longer.</summary>
    public static AgentLine Agent(int number, ServerId[] servers, AgentState state = AgentState.Idle, AgentStatus status = AgentStatus.Available) => new(
        new($"a{number}"), $"a{number}", status, state, null, Now.AddMinutes(-1).AddMilliseconds(-number), null, [.. servers.Select(s => new AgentSeat(s, $"PJSIP/{number}"))]);

    public static Roster Of(IEnumerable<AgentLine> agents)
    {
        var roster = new Roster();
        foreach (var agent in agents) roster.Set(agent);
        return roster;
    }

    /// <summary>Free agents, numbered from zero.</summary>
    public static Roster Free(int agents, params ServerId[] servers) => Of(Enumerable.Range(0, agents).Select(n => Agent(n, servers)));
}
