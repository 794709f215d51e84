using System.Collections.Immutable;

namespace Carillon.Campaigns;

/// <summary>The decisions of the last hour, one kept for every ten seconds.</summary>
sealed class PaceHistory
{
    const int Kept = 360;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    readonly Queue<PaceMoment> _moments = new(Kept);
    DateTimeOffset _keptAt;
    int _placed;

    public PaceMoment? Last { get; private set; }

    public void Add(PaceMoment moment)
    {
        _placed += moment.Placed;
        Last = moment with { Placed = _placed };
        if (moment.At - _keptAt < Interval && moment.At >= _keptAt) return;
        if (_moments.Count == Kept) _moments.Dequeue();
        _moments.Enqueue(Last);
        (_keptAt, _placed) = (moment.At, 0);
    }

    public ImmutableArray<PaceMoment> LastHour(DateTimeOffset now) => [.. _moments.Where(m => now - m.At <= TimeSpan.FromHours(1))];
}
