using Carillon.Pacing.Floor;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.WhatIf;

/// <summary>A floor on which the calls of before come again.</summary>
/// <param name="mix">The share of calls to come that are first attempts, second …</param>
/// <param name="wrapUps">Seconds, any of which a wrap-up may take; none: there is no wrap-up.</param>
/// <param name="hour">The campaign's hour of the day so many seconds from the floor's opening.</param>
sealed class HistoryWorld(
    CallHistory history, FloorSetting setting, IReadOnlyList<double> mix, IReadOnlyList<double> wrapUps, Func<double, int> hour, RunPlan plan) : FloorWorld
{
    /// <summary>Agents who are in a talk as the floor opens: so it need not first come to its usual state, with answers that nobody had to risk anything for.</summary>
    double Talking => setting.Mode == FloorMode.Predictive ? 0.95 : 0.6;

    public override double Day => plan.Settling + plan.Counted;

    public override double Settling => plan.Settling;

    public override int Agents => setting.Agents;

    public override double AbandonAfter => setting.AbandonAfter;

    public override double QueueLook => QueueLooks.Interval;

    public override FloorCall Place(int campaign, double now, Random random)
    {
        var call = history.Call(Attempt(random), hour(now), setting.AnswerTimes, random);
        return new(call.Answered, call.Rang, call.Answered ? call.Ready : 0, Attempt: call.Attempt, Failed: call.Failed);
    }

    public override double Talk(int agent, Random random) => history.Talk(random);

    public override double WrapUp(int agent, Random random) => wrapUps.Count == 0 ? 0 : wrapUps[random.Next(wrapUps.Count)];

    public override (double Lasted, double Left)? InTalk(int agent, Random random)
    {
        if (random.NextDouble() >= Talking) return null;
        var (talk, lasted) = (history.TalkInProgress(random), random.NextDouble());
        return (talk * lasted, talk * (1 - lasted));
    }

    int Attempt(Random random)
    {
        var at = random.NextDouble();
        for (var attempt = 0; attempt < mix.Count - 1; attempt++)
            if ((at -= mix[attempt]) < 0) return attempt + 1;
        return mix.Count;
    }
}
