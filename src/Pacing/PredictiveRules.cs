using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing;

/// <summary>
/// The predictive law. A further call is placed as long as whoever answers it would meet no agent with at most the chance that may be risked: of all
/// calls of a moment the marginal one decides, since that equal risk everywhere buys the most answers for the abandons that are allowed. Agents who
/// will be free when it is answered, and other answers that come before, are forecast as distributions; so one law serves one agent and thousands,
/// and with no risk allowed, or nothing known, it is one call for each free agent.
/// </summary>
public static class PredictiveRules
{
    /// <summary>Calls looked at in one decision.</summary>
    public const int MostCalls = 512;

    /// <param name="agents">Agents free now, less callers who wait for them; below zero if more wait.</param>
    /// <param name="most">No more than these.</param>
    public static PredictiveDecision Decide(PredictiveSnapshot snapshot, int agents, int most)
    {
        most = Math.Clamp(most, 0, MostCalls);
        var forecast = new MeetingForecast(snapshot, agents, stackalloc double[MeetingForecast.Room]);
        var (risk, marginal) = (0.0, forecast.RiskOfNext(snapshot.RiskLimit));
        var first = marginal;
        var calls = 0;
        while (calls < most && marginal <= snapshot.RiskLimit)
        {
            forecast.Place();
            calls++;
            risk = marginal;
            marginal = forecast.RiskOfNext(snapshot.RiskLimit);
        }
        return new(calls, calls == 0 ? first : risk, marginal);
    }
}

/// <param name="Calls">How many to place.</param>
/// <param name="Risk">The chance that who answers the last of them meets no agent; if none is placed, that of the first.</param>
/// <param name="NextRisk">That of one call more.</param>
public readonly record struct PredictiveDecision(int Calls, double Risk, double NextRisk);
