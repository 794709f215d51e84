using Carillon.Pacing.Abandonment;
using Carillon.Pacing.Floor;

namespace Carillon.Pacing.WhatIf;

/// <summary>
/// Runs a campaign's floor under a setting, several times: each time with its history drawn anew, so that a short history shows in the spread, and from another
/// hour of the day. Settings that are compared meet the same histories and the same luck.
/// </summary>
public sealed class WhatIfRuns(WhatIfBasis basis, int seed)
{
    const int Learned = 500, Handled = 2000;

    readonly Dictionary<int, CallHistory> _histories = [];

    /// <exception cref="OperationCanceledException"/>
    public FloorOutlook Run(FloorSetting asked, CancellationToken cancel = default)
    {
        var (setting, times) = asked.Simulated();
        var plan = RunPlan.Of(setting.Agents);
        var mix = Walk(basis.History, setting).Run(basis.Leads(), basis.Weight, _ => double.PositiveInfinity, new(seed), cancel).Mix ?? basis.History.Mix;
        var debt = Recovery.Debt(setting, basis.Window);
        // One law for all runs: its ledger comes to rest once, and not in each. The run before the first is for that.
        var law = setting.Mode == FloorMode.Predictive ? Learnt(setting) : null;
        if (law is not null) Day(setting, law, plan, plan.Runs, mix, cancel);
        var (days, meanwhile, ends) = (new List<FloorDay>(), new List<FloorDay>(), new List<ListEnd>());
        for (var run = 0; run < plan.Runs; run++)
        {
            days.Add(Day(setting, law, plan, run, mix, cancel));
            if (debt > 0) meanwhile.Add(Day(setting with { Mode = FloorMode.Progressive }, null, plan, run, mix, cancel));
            var (settled, careful) = (times * days[run].Dials / plan.Counted, debt > 0 ? times * meanwhile[run].Dials / plan.Counted : 0);
            ends.Add(Walk(History(run), setting).Run(basis.Leads(), basis.Weight, answers => answers < debt ? careful : settled, new(Seed(run)), cancel));
        }
        ends.Sort((a, b) => (a.At ?? double.PositiveInfinity).CompareTo(b.At ?? double.PositiveInfinity));
        var middle = ends[ends.Count / 2];
        return new()
        {
            Utilisation = Spread.Of([.. days.Select(d => d.Utilisation)], 1),
            AbandonedShare = Spread.Of([.. days.Select(d => d.AbandonmentRate)], 1),
            CallsPerHour = Spread.Of([.. days.Select(d => times * d.Dials * 3600 / plan.Counted)]),
            TalksPerHour = Spread.Of([.. days.Select(d => times * (d.Answered - d.Abandoned) * 3600 / plan.Counted)]),
            Fate = middle.Fate,
            FinishAt = middle.At,
            FinishEarliest = ends[0].At,
            FinishLatest = ends[^1].At,
            Recovery = debt > 0 ? Recovered(debt / times, debt, meanwhile, plan) : null,
        };
    }

    FloorDay Day(FloorSetting setting, QuickLaw? law, RunPlan plan, int run, double[] mix, CancellationToken cancel)
    {
        var (history, start) = (History(run), Start(run, plan));
        var world = new HistoryWorld(history, setting, mix, basis.WrapUps, now => basis.Hour(start + now), plan);
        return new Floor.Floor(world, [new SettingLaw(setting, law, plan.Settling, cancel)], Seed(run)).Run(1).Single();
    }

    /// <summary>The law as it is after having run this campaign: it knows its calls, and its ledger is at rest.</summary>
    QuickLaw Learnt(FloorSetting setting)
    {
        var history = basis.History;
        var law = new QuickLaw(setting);
        foreach (var call in history.Calls.Skip(history.Calls.Count - Learned))
            if (!call.Failed) law.Evidence.Learn(call.Answered, call.Rang + (call.Answered ? call.Ready : 0), 0, default);
        foreach (var talk in history.Talks.Skip(history.Talks.Count - Handled)) law.Handling.Talked(talk);
        for (var i = 0; i < Handled && i < Math.Max(basis.WrapUps.Count, history.Talks.Count); i++)
            law.Handling.WrappedUp(basis.WrapUps.Count == 0 ? 0 : basis.WrapUps[i % basis.WrapUps.Count]);
        var answered = basis.Window.Answered;
        law.Evidence.Remember(0, answered, (long)Math.Max(0, setting.Cap * answered - RiskSteering.Reserve(setting.Cap, answered, answered)));
        return law;
    }

    /// <param name="part">Of the debt, what one floor has to make good.</param>
    static Recovery Recovered(double part, double debt, List<FloorDay> meanwhile, RunPlan plan)
    {
        var sum = meanwhile.Aggregate((a, b) => a + b);
        var answersPerHour = sum.Answered * 3600 / (plan.Counted * meanwhile.Count);
        return new(debt, answersPerHour > 0 ? part / answersPerHour : double.PositiveInfinity, sum.Utilisation);
    }

    /// <summary>Runs are spread over the open hours of the first day.</summary>
    double Start(int run, RunPlan plan)
    {
        if (basis.Unanswered.Next(0) is not { } opens) return 0;
        var spare = basis.Unanswered.Between(opens, opens + 86_400) - plan.Settling - plan.Counted;
        return basis.Unanswered.After(opens, Math.Max(0, spare) * run / Math.Max(1, plan.Runs - 1), ListWalk.Horizon) ?? opens;
    }

    CallHistory History(int run) => _histories.TryGetValue(run, out var known) ? known : _histories[run] = basis.History.Redrawn(new(Seed(run)));

    ListWalk Walk(CallHistory history, FloorSetting setting) => new(history, setting.AnswerTimes, basis.Unanswered, basis.Answered, basis.Hour);

    int Seed(int run) => unchecked(seed * 397 + run);
}
