using System.Globalization;
using Carillon.Config;
using Carillon.Schedules;

namespace Carillon.Leads;

/// <summary>What is wrong with retry rules that a user sends.</summary>
public static class RetryValidation
{
    public static readonly TimeSpan LongestInterval = ScheduleValidation.LongestInterval;

    const int MostAttempts = 1000;
    const double MostGrowth = 10;

    public static IEnumerable<ConfigProblem> Validate(RetryConfig config, string path)
    {
        (string Name, RetryRule? Rule)[] rules =
        [
            ($"{path}.unanswered", config.Unanswered), ($"{path}.answered", config.Answered),
            .. config.Outcomes.OrderBy(o => o.Key).Select(o => ($"{path}.outcomes.{o.Key}", o.Value)),
        ];
        return rules.Where(r => r.Rule is not null).SelectMany(r => Validate(r.Rule!, r.Name));
    }

    public static IEnumerable<ConfigProblem> Validate(RetryRule rule, string path)
    {
        if (rule.Attempts is < 1 or > MostAttempts) yield return new($"{path}.attempts", $"Attempts must be from 1 to {MostAttempts}, not {rule.Attempts}.");
        if (rule.Interval < TimeSpan.Zero || rule.Interval > LongestInterval)
            yield return new($"{path}.interval", $"The interval must be from 0 to {LongestInterval.Days} days, but is {rule.Interval}.");
        if (!(rule.Growth is >= 1 and <= MostGrowth))
            yield return new($"{path}.growth", string.Create(CultureInfo.InvariantCulture, $"The growth must be from 1 to {MostGrowth}, but is {rule.Growth}."));
        if (rule.LongestInterval is { } longest && (longest < rule.Interval || longest > LongestInterval))
            yield return new($"{path}.longestInterval", $"The longest interval must be from {rule.Interval} (the interval) to {LongestInterval.Days} days, but is {longest}.");
        if (rule.Final is not (null or LeadStatus.Completed or LeadStatus.Excluded))
            yield return new($"{path}.final", $"After its last attempt a lead can become Completed or Excluded, not {rule.Final}.");
    }
}
