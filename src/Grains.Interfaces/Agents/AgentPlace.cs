using Carillon.Queues;

namespace Carillon.Agents;

/// <summary>Where an agent is, in one word: for people who look at many, and for how their time is counted.</summary>
public enum AgentPlace { Talking, Ringing, WrappingUp, Free, Paused, LoggedOut }

public static class AgentPlaces
{
    public static AgentPlace Of(AgentStatus status, AgentState state) => (status, state) switch
    {
        // A talk goes on, whatever they have chosen for after it.
        (_, AgentState.Talking) => AgentPlace.Talking,
        (_, AgentState.Ringing or AgentState.Reserved) => AgentPlace.Ringing,
        (AgentStatus.LoggedOut, _) => AgentPlace.LoggedOut,
        (_, AgentState.WrapUp) => AgentPlace.WrappingUp,
        (AgentStatus.Paused, _) => AgentPlace.Paused,
        _ => AgentPlace.Free,
    };

    public static AgentPlace Place(this QueueAgent agent) => Of(agent.Status, agent.State);
}
