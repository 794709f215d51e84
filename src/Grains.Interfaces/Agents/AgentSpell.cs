namespace Carillon.Agents;

/// <summary>A time that an agent spent in one place.</summary>
/// <param name="Reason">Of a pause, if one was given.</param>
public readonly record struct AgentSpell(AgentId Agent, AgentPlace Place, string? Reason, DateTimeOffset From, DateTimeOffset To);
