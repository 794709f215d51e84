using Carillon.Config;
using Carillon.Leads;

namespace Carillon.Dispositions;

/// <summary>What is wrong with a disposition that a user sends.</summary>
public static class DispositionValidation
{
    public static IEnumerable<ConfigProblem> Validate(DispositionConfig config)
    {
        if (config.Retry is { } retry)
        {
            if (config.Action is not (DispositionAction.CallAgain or DispositionAction.OtherNumber))
                yield return new("retry", $"A retry rule is for CallAgain and OtherNumber, not for {config.Action}.");
            foreach (var problem in RetryValidation.Validate(retry, "retry")) yield return problem;
        }
        if (config.Action != DispositionAction.CallAgain)
        {
            if (config.AgentChoosesTime) yield return new("agentChoosesTime", $"A time to call is for CallAgain, not for {config.Action}.");
            if (config.SameAgent) yield return new("sameAgent", $"The same agent is for CallAgain, not for {config.Action}.");
        }
        if (config.Everywhere && config.Action != DispositionAction.DoNotCall) yield return new("everywhere", $"A list is for DoNotCall, not for {config.Action}.");
    }
}
