namespace Carillon.Pacing;

/// <summary>What a ratio multiplies.</summary>
public enum PacingBase { FreeAgents, AgentsAtWork, Channels }

/// <summary>A fixed number of calls for each agent: simple, and blind to how many will answer.</summary>
public static class RatioRules
{
    /// <param name="free">Agents free now, less callers who wait for them.</param>
    /// <param name="atWork">Agents who are logged in and not paused.</param>
    /// <param name="ringing">Calls that have not been answered yet, of all campaigns that dial ahead for these agents.</param>
    /// <param name="calls">The campaign's calls at any stage.</param>
    /// <param name="most">No more than these.</param>
    public static int Decide(double ratio, PacingBase of, int free, int atWork, int ringing, int calls, int most)
    {
        if (atWork <= 0) return 0;
        var wanted = of switch
        {
            PacingBase.FreeAgents => Math.Floor(ratio * Math.Max(0, free)) - Math.Max(0, ringing),
            PacingBase.AgentsAtWork => Math.Floor(ratio * atWork) - Math.Max(0, calls),
            _ => most,
        };
        return (int)Math.Clamp(wanted, 0, Math.Max(0, most));
    }
}
