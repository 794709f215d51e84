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
        for (var s = 0; s <= steps; s++) wrapped[s] = _wrapUp.EndsWithin(0, s + part - 0.5);
        for (var bin = 0; bin < DurationBins.Count; bin++)
        {
            var elapsed = DurationBins.Start(bin) + DurationBins.Width(bin) / 2.0;
            var before = 0.0;
            for (var s = 0; s < steps; s++)
            {
                var ended = talk.EndsWithin(elapsed, s + 1);
                (ending[s], before) = (ended - before, ended);
            }
            for (var i = 0; i < Horizon.Length; i++)
            {
                var within = (int)(Horizon.Seconds[i] + _grace);
                var free = 0.0;
                for (var s = 0; s < within; s++) free += ending[s] * wrapped[within - s];
                _talking[bin * Horizon.Length + i] = free;
            }
        }
    }
}
