using Carillon.Chaos.Audit;

namespace Carillon.Chaos;

/// <summary>The figures of a run.</summary>
static class Report
{
    public static void Write(Verdict verdict, Figures figures)
    {
        var account = verdict.Account;
        figures.Add("faults", verdict.Comebacks.Sum(c => c.Step.Faults.Length), "");
        foreach (var (kind, count) in verdict.Comebacks.SelectMany(c => c.Step.Faults).CountBy(f => f.Kind).OrderBy(k => k.Key)) figures.Add($"faults, {kind}", count, "");
        figures.Add("calls", account.Calls.Count, "calls");
        figures.Add("calls that lived through the loss of the node", verdict.Survived, "calls");
        figures.Add("records Unknown", account.Records.Count(r => r.Outcome == "Unknown"), "records");
        figures.Add("of them never placed", account.NeverPlaced.Count, "records");
        var unknown = Promises.UnknownFor(account).ToList();
        figures.Add("Unknown, longest", unknown.Select(u => u.Knowable.TotalSeconds).DefaultIfEmpty().Max(), "s");
        figures.Add("Unknown, longest by the clock", unknown.Select(u => u.For.TotalSeconds).DefaultIfEmpty().Max(), "s");
        foreach (var group in verdict.Comebacks.Where(c => c.After is not null).GroupBy(c => c.Step.Faults.Length == 1 ? c.Step.Faults[0].Kind.ToString() : "two at once").OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            AddTimes(figures, $"first new call after {group.Key}", group.Select(c => c.After!.Value));
        }
        if (verdict.Takeovers.Count > 0) AddTimes(figures, "a standby listens", verdict.Takeovers);
        figures.Add("nodes that ended because others had taken their place", verdict.UnaskedEnds, "");
        foreach (var promise in verdict.Promises) figures.Add(promise.Name, promise.Broken.Count, "");
    }

    static void AddTimes(Figures figures, string what, IEnumerable<TimeSpan> times)
    {
        var seconds = times.Select(t => t.TotalSeconds).Order().ToList();
        figures.Add($"{what}, p50", seconds[seconds.Count / 2], "s");
        figures.Add($"{what}, longest", seconds[^1], "s");
    }
}
