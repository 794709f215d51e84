using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing;

/// <summary>What is forecast when a campaign decides predictively.</summary>
public sealed record PredictiveSnapshot
{
    /// <summary>Agents who are busy now and will be free by each moment, for a caller who then waits as long as is allowed.</summary>
    public required CountForecast Freed { get; init; }
    /// <summary>Calls that ring or will ring, of all campaigns that share the agents, which will have been answered by each moment.</summary>
    public required CountForecast Answers { get; init; }
    /// <summary>How many calls these are: no more can be answered.</summary>
    public required int Ringing { get; init; }
    /// <summary>When calls that are placed now are answered, if they are.</summary>
    public required AnswerTimes Times { get; init; }
    /// <summary>How likely the next leads answer, in the order in which they would be dialed; behind its end the last one counts again.</summary>
    public required IReadOnlyList<double> Chances { get; init; }
    /// <summary>The chance to meet no agent that a call may be placed with, 0 to 1.</summary>
    public required double RiskLimit { get; init; }
}
