using System.Numerics;
using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing.Evidence;

/// <summary>How long agents talk and how long they wrap up; of one queue.</summary>
public sealed class HandlingEvidence
{
    readonly DurationEvidence _talks = new();
    readonly DurationEvidence _wrapUps = new();

    /// <summary>Talks that it rests on; old ones count less.</summary>
    public double Seen => _talks.Seen;

    public void Talked(double seconds) => _talks.Add(seconds);

    /// <summary>Zero for a talk without wrap-up.</summary>
    public void WrappedUp(double seconds) => _wrapUps.Add(seconds);

    /// <param name="talking">How long the talks of now have lasted, in seconds.</param>
    /// <param name="wrappingUp">And the wrap-ups.</param>
    /// <param name="grace">Seconds that an answered caller may wait: who is free within them after a moment is free in time.</param>
    public HandlingCurve Curve(IEnumerable<double> talking, IEnumerable<double> wrappingUp, double grace) =>
        new(_talks.Curve(talking), _wrapUps.Curve(wrappingUp), grace);
}

/// <summary>When agents who are busy now will be free, for a caller who may then wait a moment.</summary>
public sealed class HandlingCurve
{
    readonly DurationCurve _wrapUp;
    readonly double _grace;
    readonly double[] _talking = new double[DurationBins.Count * Horizon.Length];

    internal HandlingCurve(DurationCurve talk, DurationCurve wrapUp, double grace)
    {
        (_wrapUp, _grace) = (wrapUp, grace);
        Fold(talk);
    }

    public void AddTalking(CountForecast free, double elapsed)
    {
        var bin = elapsed >= DurationBins.Longest ? DurationBins.Count - 1 : DurationBins.Of(Math.Max(0, elapsed));
        free.Add(_talking.AsSpan(bin * Horizon.Length, Horizon.Length));
    }

    public void AddWrappingUp(CountForecast free, double elapsed)
    {
        for (var i = 0; i < Horizon.Length; i++) free.Add(i, _wrapUp.EndsWithin(Math.Max(0, elapsed), Horizon.Seconds[i] + _grace));
    }

    /// <summary>The talk ends and then the wrap-up, both in time: one folded with the other, a second at a time, for a talk that has lasted to the middle of each bin.</summary>
    void Fold(DurationCurve talk)
    {
        var steps = (int)(Horizon.Seconds[^1] + _grace);
        Span<double> wrapped = stackalloc double[steps + 1];
        Span<double> ending = stackalloc double[steps];
        var part = _grace - Math.Floor(_grace);
        // Last second first, as they are folded.
        for (var s = 0; s <= steps; s++) wrapped[steps - s] = _wrapUp.EndsWithin(0, s + part - 0.5);
        // The middle of a bin is a whole second or a half one.
        var fromWhole = talk.Lasting(0, (int)DurationBins.Longest + steps);
        var fromHalf = talk.Lasting(0.5, (int)DurationBins.Longest + steps);
        for (var bin = 0; bin < DurationBins.Count; bin++)
        {
            var elapsed = DurationBins.Start(bin) + DurationBins.Width(bin) / 2.0;
            var lasting = (elapsed % 1 == 0 ? fromWhole : fromHalf).AsSpan((int)elapsed, steps);
            var left = 1.0;
            for (var s = 0; s < steps; s++)
            {
                ending[s] = left * (1 - lasting[s]);
                left *= lasting[s];
            }
            for (var i = 0; i < Horizon.Length; i++)
            {
                var within = (int)(Horizon.Seconds[i] + _grace);
                _talking[bin * Horizon.Length + i] = Product(ending[..within], wrapped.Slice(steps - within, within));
            }
        }
    }

    static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (sums, i) = (Vector<double>.Zero, 0);
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count) sums += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
