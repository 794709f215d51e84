using Carillon.Pacing.Forecasts;

namespace Carillon.Pacing;

/// <summary>Whether a call that is placed now, behind those that ring already and those just placed, meets an agent when it is answered.</summary>
ref struct MeetingForecast
{
    public const int Room = CountDistribution.Room;

    readonly PredictiveSnapshot _snapshot;
    readonly int _agents;
    readonly Span<double> _room;
    readonly double[][] _freed;
    readonly int[] _freedFirst;
    double _mean, _meanOfSquares;
    int _placed;

    /// <param name="room">Of <see cref="Room"/>.</param>
    public MeetingForecast(PredictiveSnapshot snapshot, int agents, Span<double> room)
    {
        _snapshot = snapshot;
        _agents = agents;
        _room = room;
        _freed = new double[Horizon.Length][];
        _freedFirst = new int[Horizon.Length];
    }

    public void Place()
    {
        var chance = Chance(_placed++);
        _mean += chance;
        _meanOfSquares += chance * chance;
    }

    /// <summary>The chance that who answers one call more meets no agent; as soon as it is above the limit, a lower bound of it.</summary>
    public readonly double RiskOfNext(double limit)
    {
        // An agent is free for each of them, whoever answers: what is forecast as a distribution would tell of more answers than there are calls.
        if (_snapshot.Ringing + _placed < _agents) return 0;
        var risk = 0.0;
        for (var i = Horizon.Length - 1; i >= 0 && risk <= limit; i--)
        {
            var mass = _snapshot.Times.Shares[i];
            if (mass <= 0) continue;
            var freed = Freed(i);
            var by = _snapshot.Times.By[i];
            var mean = _snapshot.Answers.Means[i] + _mean * by;
            var variance = _snapshot.Answers.Variances[i] + _mean * by - _meanOfSquares * by * by;
            var others = CountDistribution.Of(mean, variance, _room);
            // No agent is left: as many have been freed as have answered, less those free now, or fewer.
            risk += mass * CountDistribution.AtMost(freed, others, -_agents);
        }
        return risk;
    }

    /// <summary>P(freed by moment i ≤ x), made when first asked for.</summary>
    readonly CountDistribution Freed(int i)
    {
        if (_freed[i] is null)
        {
            var made = CountDistribution.Of(_snapshot.Freed.Means[i], _snapshot.Freed.Variances[i], _room).Cumulate();
            (_freedFirst[i], _freed[i]) = (made.First, made.Mass.ToArray());
        }
        return CountDistribution.At(_freedFirst[i], _freed[i]);
    }

    readonly double Chance(int i) => _snapshot.Chances.Count == 0 ? 1 : _snapshot.Chances[Math.Min(i, _snapshot.Chances.Count - 1)];
}
