using Carillon.Pacing.Abandonment;
using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Floor;

/// <summary>The product's own law on the simulated floor: the same evidence, forecasts and rules, put together as the grains put them together.</summary>
/// <param name="cap">See <see cref="CampaignEvidence"/>.</param>
/// <param name="grace">Seconds that an answered caller may wait.</param>
/// <param name="most">Calls of the campaign at once.</param>
public class PredictiveLaw(double cap, double window, double grace = 2, int most = int.MaxValue) : IFloorLaw
{
    readonly CampaignEvidence _evidence = new(cap, window);
    readonly HandlingEvidence _handling = new();
    HandlingCurve? _curve;
    double _curveAt;

    /// <summary>Seconds after an answer until which an agent may become free to meet the caller in time.</summary>
    protected double Grace(FloorView view) => QueueLooks.LastInTime(grace, view.QueueLook);

    /// <summary>Seconds for which the forecast of talks and wrap-ups is kept.</summary>
    protected virtual double CurveInterval => 30;

    public PredictiveDecision Last { get; private set; }

    public CampaignEvidence Evidence => _evidence;

    public HandlingEvidence Handling => _handling;

    public virtual int Decide(FloorView view)
    {
        if (view.LoggedIn == 0) return 0;
        Last = PredictiveRules.Decide(
            new()
            {
                Freed = Freed(view),
                Answers = Answers(view),
                Ringing = view.Ringing.Count,
                Times = _evidence.Curve(view.Now).Times,
                Chances = [_evidence.Chance(TimeOfDay.At(view.Now), Peculiarity.Attempt(1))],
                RiskLimit = RiskLimit(view),
            },
            view.Idle - view.Waiting, most == int.MaxValue ? most : most - view.Ringing.Count(line => line.Campaign == view.Campaign));
        return Last.Calls;
    }

    /// <summary>What may be risked of agents whom other such campaigns dial for as well.</summary>
    double RiskLimit(FloorView view)
    {
        var limit = _evidence.RiskLimit(view.Now);
        var calls = view.Ringing.CountBy(line => line.Campaign).ToDictionary();
        if (calls.Keys.Any(campaign => campaign != view.Campaign))
        {
            // The call that is decided about is one of its own.
            calls[view.Campaign] = calls.GetValueOrDefault(view.Campaign) + 1;
            limit = SharedRisk.Limit([.. calls.Where(c => view.LawOf(c.Key) is PredictiveLaw).Select(c => ((PredictiveLaw)view.LawOf(c.Key)).Party(c.Value, view.Now))]);
        }
        _evidence.Risked(limit, view.Now);
        return limit;
    }

    RiskParty Party(int calls, double now) => new(calls * _evidence.Chance(TimeOfDay.At(now)), _evidence.RiskLimit(now), _evidence.RiskBase);

    /// <summary>Calls that ring, of all campaigns, each as its own evidence has it.</summary>
    protected virtual CountForecast Answers(FloorView view)
    {
        var all = new CountForecast();
        foreach (var lines in view.Ringing.GroupBy(line => line.Campaign))
        {
            var evidence = view.LawOf(lines.Key) is PredictiveLaw law ? law._evidence : _evidence;
            var (answers, curve, chance) = (new CountForecast(), evidence.Curve(view.Now), evidence.Chance(TimeOfDay.At(view.Now)));
            foreach (var line in lines)
            {
                if (line.Listened(view.Now) is { } listened) curve.AddListened(answers, listened);
                else curve.AddRinging(answers, chance, view.Now - line.PlacedAt);
            }
            answers.Blur(evidence.ChanceError(TimeOfDay.At(view.Now)));
            all.Add(answers);
        }
        return all;
    }

    protected virtual CountForecast Freed(FloorView view)
    {
        var (curve, freed) = (Curve(view), new CountForecast());
        foreach (var agent in view.Agents)
        {
            if (agent.State == FloorAgentState.Talking) curve.AddTalking(freed, view.Now - agent.Since);
            else if (agent.State == FloorAgentState.WrapUp) curve.AddWrappingUp(freed, view.Now - agent.Since);
        }
        return freed;
    }

    /// <summary>When agents will be free, by how long they have been busy.</summary>
    protected HandlingCurve Curve(FloorView view)
    {
        if (_curve is not null && view.Now - _curveAt >= 0 && view.Now - _curveAt < CurveInterval) return _curve;
        _curveAt = view.Now;
        return _curve = _handling.Curve(Lasting(view, FloorAgentState.Talking), Lasting(view, FloorAgentState.WrapUp), Grace(view));
    }

    static IEnumerable<double> Lasting(FloorView view, FloorAgentState state) => view.Agents.Where(a => a.State == state).Select(a => view.Now - a.Since);

    public void Answered(FloorView view, double rang) => _evidence.Answered(rang, view.Now, TimeOfDay.At(view.Now - rang));

    public void NotAnswered(FloorView view, double rang) => _evidence.NotAnswered(rang, view.Now, TimeOfDay.At(view.Now - rang));

    public void Judged(FloorView view, bool person, double seconds) => _evidence.Judged(person, seconds);

    /// <summary>It says nothing of people, and they answer as before when the trunk is back.</summary>
    public void Failed(FloorView view, double rang) { }

    public void Abandoned(FloorView view) => _evidence.Abandoned(view.Now);

    public void TalkEnded(FloorView view, double seconds) => _handling.Talked(seconds);

    public void WrapUpEnded(FloorView view, double seconds) => _handling.WrappedUp(seconds);
}
