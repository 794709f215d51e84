using System.Collections.Immutable;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

/// <summary>
/// How long calls ring until a person answers (and stands before an agent: the time that a machine detection takes is part of it), and how long until
/// they end otherwise; and what machine detection makes of those that were answered. Of one campaign. Before anything was seen, answers may come at any
/// second of the first thirty, and whoever answers is a person.
/// </summary>
public sealed class AnswerEvidence
{
    const double PriorWeight = 20, PriorPersons = 5;
    const int PriorSeconds = 30;

    /// <summary>In calls.</summary>
    const double HalfLife = 2000;

    static readonly double Fade = Math.Pow(2, -1 / HalfLife);

    readonly SecondCounts _answered = new(HalfLife), _other = new(HalfLife), _verdicts = new(HalfLife);
    double _judged = PriorPersons, _persons = PriorPersons;

    public AnswerEvidence()
    {
        for (var s = 0; s < PriorSeconds; s++) _answered.Put(s, PriorWeight / PriorSeconds);
        _other.Put(PriorSeconds - 1, PriorWeight);
    }

    public void Answered(double afterSeconds) => _answered.Add(afterSeconds);

    public void EndedOtherwise(double afterSeconds) => _other.Add(afterSeconds);

    /// <summary>The verdict of machine detection, so many seconds after the answer.</summary>
    public void Judged(bool person, double afterSeconds)
    {
        if (!_verdicts.Add(afterSeconds)) return;
        (_judged, _persons) = (_judged * Fade + 1, _persons * Fade + (person ? 1 : 0));
    }

    public AnswerCurve Curve() => new(_answered.Cumulated(), _other.Cumulated(), _verdicts.Cumulated(), _persons / _judged);
}

/// <summary>When calls that ring now, or are placed now, will be answered.</summary>
public sealed class AnswerCurve
{
    readonly SecondCurve _answered, _other, _verdicts;
    readonly double _person;

    /// <param name="person">How likely somebody who is listened to is a person.</param>
    internal AnswerCurve(SecondCurve answered, SecondCurve other, SecondCurve verdicts, double person)
    {
        (_answered, _other, _verdicts, _person) = (answered, other, verdicts, person);
        var shares = new double[Horizon.Length];
        var by = new double[Horizon.Length];
        var before = 0.0;
        for (var i = 0; i < Horizon.Length; i++)
        {
            var end = _answered.At(Horizon.EndOf(i));
            (shares[i], before) = (end - before, end);
            by[i] = _answered.At(Horizon.Seconds[i]);
        }
        Times = new([.. shares], [.. by]);
    }

    public AnswerTimes Times { get; }

    /// <summary>A call that has rung so long, and had that chance to be answered when it was placed. It grows as others would have ended.</summary>
    public void AddRinging(CountForecast answers, double chance, double elapsed)
    {
        // Whoever stands before an agent until then would be listened to by now.
        var answered = _answered.At(elapsed + _verdicts.Mean);
        var left = chance * (1 - answered) + (1 - chance) * (1 - _other.At(elapsed));
        if (left < 1e-9) return;
        for (var i = 0; i < Horizon.Length; i++) answers.Add(i, Math.Max(0, chance * (_answered.At(elapsed + Horizon.Seconds[i]) - answered) / left));
    }

    /// <summary>A call to which machine detection has listened so long.</summary>
    public void AddListened(CountForecast answers, double listened)
    {
        var judged = _verdicts.At(listened);
        for (var i = 0; i < Horizon.Length; i++)
            answers.Add(i, _person * (judged > 1 - 1e-9 ? 1 : (_verdicts.At(listened + Horizon.Seconds[i]) - judged) / (1 - judged)));
    }
}

/// <summary>When a call that is placed now is answered, if it is, at the moments of the <see cref="Horizon"/>.</summary>
/// <param name="Shares">The share whose answer falls to each moment; together 1.</param>
/// <param name="By">The share that is answered by each moment.</param>
public sealed record AnswerTimes(ImmutableArray<double> Shares, ImmutableArray<double> By);
