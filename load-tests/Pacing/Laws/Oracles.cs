using Carillon.Pacing.Floor;
using Carillon.Pacing.Forecasts;

namespace Carillon.PacingBench.Laws;

/// <summary>Oracle A: Carillon's law, but it knows of each busy agent when they will be free.</summary>
class OracleA(double cap, double window, double grace = 2) : PredictiveLaw(cap, window, grace)
{
    protected override CountForecast Freed(FloorView view)
    {
        var freed = new CountForecast();
        foreach (var agent in view.Agents)
        {
            if (agent.State is not (FloorAgentState.Talking or FloorAgentState.WrapUp)) continue;
            for (var i = 0; i < Horizon.Length; i++)
                if (agent.FreeAt <= view.Now + Horizon.Seconds[i] + Grace(view)) freed.Add(i, 1);
        }
        return freed;
    }
}

/// <summary>Oracle B: it also knows which of the calls that ring will be answered and when. What will become of a call that is not yet placed it does not know.</summary>
sealed class OracleB(double cap, double window, double grace = 2) : OracleA(cap, window, grace)
{
    protected override CountForecast Answers(FloorView view)
    {
        var answers = new CountForecast();
        foreach (var line in view.Ringing)
        {
            if (!line.Fate.WantsAgent) continue;
            for (var i = 0; i < Horizon.Length; i++)
                if (line.PlacedAt + line.Fate.Until <= view.Now + Horizon.Seconds[i]) answers.Add(i, 1);
        }
        return answers;
    }
}
