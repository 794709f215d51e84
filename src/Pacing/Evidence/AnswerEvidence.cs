using System.Collections.Immutable;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

/// <summary>
/// How long calls ring until a person answers (and stands before an agent: the time that a machine detection takes is part of it), and how long until
/// they end otherwise. Of one campaign. Before anything was seen, answers may come at any second of the first thirty.
/// </summary>
public sealed class AnswerEvidence
{
    const int Seconds = 120;
    const double PriorWeight = 20;
    const int PriorSeconds = 30;

    /// <summary>In calls.</summary>
    const double HalfLife = 2000;

    static readonly double Fade = Math.Pow(2, -1 / HalfLife);

    readonly double[] _answered = new double[Seconds];
    readonly double[] _other = new double[Seconds];

    public AnswerEvidence()
    {
        for (var s = 0; s < PriorSeconds; s++) _answered[s] = PriorWeight / PriorSeconds;
        _other[PriorSeconds - 1] = PriorWeight;
    }

    public void Answered(double afterSeconds) => Add(_answered, afterSeconds);

    public void EndedOtherwise(double afterSeconds) => Add(_other, afterSeconds);

    public AnswerCurve Curve() => new(Cumulated(_answered), Cumulated(_other));

    static void Add(double[] counts, double seconds)
    {
        if (!(seconds >= 0)) return;
        for (var s = 0; s < Seconds; s++) counts[s] *= Fade;
        counts[(int)Math.Min(seconds, Seconds - 1)] += 1;
    }

    static double[] Cumulated(double[] counts)
    {
        var curve = new double[Seconds];
        var (sum, total) = (0.0, counts.Sum());
        for (var s = 0; s < Seconds; s++) curve[s] = (sum += counts[s]) / total;
        return curve;
    }
}

/// <summary>When calls that ring now, or are placed now, will be answered.</summary>
public sealed class AnswerCurve
{
    readonly double[] _answered;
    readonly double[] _other;

    internal AnswerCurve(double[] answered, double[] other)
    {
        (_answered, _other) = (answered, other);
        var shares = new double[Horizon.Length];
        var by = new double[Horizon.Length];
        var before = 0.0;
        for (var i = 0; i < Horizon.Length; i++)
        {
            var end = At(_answered, Horizon.EndOf(i));
            (shares[i], before) = (end - before, end);
            by[i] = At(_answered, Horizon.Seconds[i]);
        }
        Times = new([.. shares], [.. by]);
    }

    public AnswerTimes Times { get; }

    /// <summary>A call that has rung so long, and had that chance to be answered when it was placed. It grows as others would have ended.</summary>
    public void AddRinging(CountForecast answers, double chance, double elapsed)
    {
        var answered = At(_answered, elapsed);
        var left = chance * (1 - answered) + (1 - chance) * (1 - At(_other, elapsed));
        if (left < 1e-9) return;
        for (var i = 0; i < Horizon.Length; i++) answers.Add(i, chance * (At(_answered, elapsed + Horizon.Seconds[i]) - answered) / left);
    }

    static double At(double[] curve, double seconds)
    {
        if (seconds <= 0) return 0;
        if (seconds >= curve.Length) return 1;
        var second = (int)seconds;
        var before = second == 0 ? 0 : curve[second - 1];
        return before + (curve[second] - before) * (seconds - second);
    }
}

/// <summary>When a call that is placed now is answered, if it is, at the moments of the <see cref="Horizon"/>.</summary>
/// <param name="Shares">The share whose answer falls to each moment; together 1.</param>
/// <param name="By">The share that is answered by each moment.</param>
public sealed record AnswerTimes(ImmutableArray<double> Shares, ImmutableArray<double> By);
