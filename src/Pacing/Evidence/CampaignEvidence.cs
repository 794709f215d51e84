using Carillon.Pacing.Abandonment;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

/// <summary>All that one campaign learns from its calls, and what it may still risk. Times are in seconds from any fixed moment.</summary>
public sealed class CampaignEvidence
{
    const double DaySeconds = 86_400, CurveInterval = 10;

    /// <summary>
    /// A call teaches so many seconds after it was placed, when nearly all that were placed with it have ended. Of hundreds that begin together, as a floor
    /// opens, those that end first are not like the rest: a burst of refusals would pass for people who do not answer, and as many more would be dialed.
    /// </summary>
    const double Lag = 30;

    readonly ChanceEvidence _chance = new();
    readonly AnswerEvidence _answers = new();
    readonly AbandonmentLedger _lastDay = new(DaySeconds);
    readonly PriorityQueue<PastCall, double> _toLearn = new();
    AnswerCurve? _curve;
    double _curveAt;
    RiskSteering _steering;
    bool _isHeldBack;

    /// <param name="cap">The share of answered calls that may be abandoned, 0 to 1.</param>
    /// <param name="window">Over so many seconds.</param>
    public CampaignEvidence(double cap, double window)
    {
        (Cap, Window, _steering) = (cap, new AbandonmentLedger(window), RiskSteering.At(cap));
    }

    public double Cap { get; }

    public AbandonmentLedger Window { get; }

    public double AbandonsLeft => Window.AbandonsLeft(Cap);

    public DayProfile Day => _chance.Day;

    /// <summary>See <see cref="ChanceEvidence.RelativeError"/>.</summary>
    public double ChanceError(TimeOfDay placed) => _chance.RelativeError(placed);

    /// <summary>Calls that the chance to answer rests on.</summary>
    public double Seen => _chance.Seen;

    public double Chance(TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities) => _chance.Of(placed, peculiarities);

    public double RiskLimit(double now)
    {
        Mature(now);
        Window.Roll(now);
        _lastDay.Roll(now);
        return _steering.Limit(Window, _lastDay, Cap);
    }

    /// <summary>The risk that keeps the ledger at rest.</summary>
    public double RiskBase => _steering.Base;

    /// <summary>What was really risked, where others share the agents. Whom they hold back learns nothing from what it does not use.</summary>
    public void Risked(double limit, double now) => _isHeldBack = limit < RiskLimit(now);

    /// <summary>A person answered after so many seconds, and wants an agent.</summary>
    /// <param name="placed">By the clock of the campaign's schedule.</param>
    public void Answered(double rang, double now, TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities)
    {
        Learn(true, rang, now, placed, peculiarities);
        Window.Add(now, 1, 0);
        _lastDay.Add(now, 1, 0);
        Steer();
    }

    /// <summary>
    /// The line was free again after so many seconds, without a person on it. Calls that the network failed (congestion, no route, a dead trunk) are no
    /// evidence: leave them out, or hundreds are placed on the trunk's return as if nobody answered.
    /// </summary>
    public void NotAnswered(double rang, double now, TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities) => Learn(false, rang, now, placed, peculiarities);

    /// <summary>A call of before, that is in the ledger already: only its chance and its time are learned.</summary>
    public void Learn(bool answered, double rang, double now, TimeOfDay placed, params ReadOnlySpan<Peculiarity> peculiarities)
    {
        var rest = rang >= 0 ? Math.Max(0, Lag - rang) : 0;
        _toLearn.Enqueue(new(answered, rang, placed, [.. peculiarities]), now + rest);
        Mature(now);
    }

    /// <summary>No call is left that could yet tell otherwise than those that ended: they teach at once.</summary>
    public void Settle() => Mature(double.PositiveInfinity);

    /// <summary>The calls that had so long to end have taught.</summary>
    public void Mature(double now)
    {
        // None is due later than that, unless the clock was set back.
        while (_toLearn.TryPeek(out var call, out var due) && (due <= now || due > now + Lag))
        {
            _toLearn.Dequeue();
            _chance.Ended(call.Answered, due, call.Placed, call.Peculiarities);
            if (call.Answered) _answers.Answered(call.Rang);
            else _answers.EndedOtherwise(call.Rang);
        }
    }

    /// <summary>Machine detection has come to its verdict, so many seconds after somebody, or something, had answered.</summary>
    public void Judged(bool person, double seconds) => _answers.Judged(person, seconds);

    /// <summary>Of those that answered, one met no agent in time.</summary>
    public void Abandoned(double now)
    {
        Window.Add(now, 0, 1);
        _lastDay.Add(now, 0, 1);
    }

    void Steer()
    {
        var steered = _steering.AfterAnswers(Window, _lastDay, Cap);
        if (!_isHeldBack || steered.Base < _steering.Base) _steering = steered;
    }

    /// <summary>Counts of before, such as a node finds in the store when it takes the campaign up again: the oldest first, so that the risk is what it had become by them.</summary>
    public void Relive(double at, long answered, long abandoned)
    {
        Remember(at, answered, abandoned);
        _steering = _steering.AfterAnswers(Window, _lastDay, Cap, answered);
    }

    /// <summary>Counts only: the risk stays as it is.</summary>
    public void Remember(double at, long answered, long abandoned)
    {
        Window.Add(at, answered, abandoned);
        _lastDay.Add(at, answered, abandoned);
    }

    /// <summary>At most ten seconds old.</summary>
    public AnswerCurve Curve(double now)
    {
        Mature(now);
        if (_curve is not null && now - _curveAt is >= 0 and < CurveInterval) return _curve;
        _curveAt = now;
        return _curve = _answers.Curve();
    }

    readonly record struct PastCall(bool Answered, double Rang, TimeOfDay Placed, Peculiarity[] Peculiarities);
}
