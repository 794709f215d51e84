namespace Carillon.Pacing;

/// <summary>What a ratio multiplies.</summary>
public enum RatioOf
{
    /// <summary>Calls on their way are at most so many times the free agents.</summary>
    FreeAgents,
    /// <summary>Calls at any stage, talks included, are at most so many times the agents at work (AsterCRM: limited by agents and multiplied by).</summary>
    AgentsAtWork,
    /// <summary>Only the campaign's channels limit, as long as an agent is at work (AsterCRM: limited by max channel).</summary>
    Channels,
}

/// <summary>A fixed number of calls for each agent: simple, and blind to how many will answer.</summary>
public static class RatioRules
{
    /// <param name="free">Agents free now, less callers who wait for them.</param>
    /// <param name="atWork">Agents who are logged in and not paused.</param>
    /// <param name="ringing">Calls that have not been answered yet, of all campaigns that dial ahead for these agents.</param>
    /// <param name="calls">The campaign's calls at any stage on the servers of these agents.</param>
    /// <param name="most">No more than these.</param>
    public static int Decide(double ratio, RatioOf of, int free, int atWork, int ringing, int calls, int most)
    {
        if (atWork <= 0) return 0;
        var wanted = of switch
        {
            RatioOf.FreeAgents => Math.Floor(ratio * Math.Max(0, free)) - Math.Max(0, ringing),
            RatioOf.AgentsAtWork => Math.Floor(ratio * atWork) - Math.Max(0, calls),
            _ => most,
        };
        return (int)Math.Clamp(wanted, 0, Math.Max(0, most));
    }
}
