namespace Carillon.Agents;

/// <summary>Makes spells of what is seen of one agent, one after another: each lasts from one sighting to the next, so none overlaps another.</summary>
sealed class WorkClock
{
    /// <summary>After so long without a sighting nobody knows where they were: that time is not counted. Queues tell again every half a minute.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    AgentPlace _place = AgentPlace.LoggedOut;
    string? _reason;
    DateTimeOffset _until;

    /// <summary>The agent is there from now on, and was until now where they were seen last.</summary>
    /// <param name="place">Where they are.</param>
    /// <param name="reason">Of the pause that they are in.</param>
    /// <param name="at">When they were seen there. If that was before the last sighting, nothing is counted twice: it was overtaken, or the clock was set back.</param>
    /// <returns>Where they were until then; null: nowhere, or nobody knows.</returns>
    public AgentSpell? Seen(AgentId agent, AgentPlace place, string? reason, DateTimeOffset at)
    {
        var since = at - _until;
        AgentSpell? spell = _place != AgentPlace.LoggedOut && since > TimeSpan.Zero && since <= Silence ? new(agent, _place, _reason, _until, at) : null;
        if (since > TimeSpan.Zero || since < -Silence) _until = at;
        (_place, _reason) = (place, place == AgentPlace.Paused ? reason : null);
        return spell;
    }
}
