using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

static class FloorViews
{
    /// <summary>Calls of this campaign that ring: what a dialer knows whose campaigns know nothing of each other.</summary>
    public static int OwnRinging(this FloorView view)
    {
        var own = 0;
        for (var i = 0; i < view.Ringing.Count; i++)
            if (view.Ringing[i].Campaign == view.Campaign) own++;
        return own;
    }

    public static int Talking(this FloorView view)
    {
        var talking = 0;
        for (var i = 0; i < view.Agents.Count; i++)
            if (view.Agents[i].State == FloorAgentState.Talking) talking++;
        return talking;
    }

    public static long DayNumber(this FloorView view) => (long)(view.Now / 86_400);
}
