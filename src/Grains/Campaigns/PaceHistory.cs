using System.Collections.Immutable;

namespace Carillon.Campaigns;

/// <summary>What the pace was over the last hour: a moment for every ten seconds that this activation saw, for every minute those of before, and each change of status or mode.</summary>
sealed class PaceHistory
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    /// <summary>An hour of ten seconds each, and two changes a minute.</summary>
    const int MostKept = 480;

    readonly Queue<PaceMoment> _kept = new(MostKept);
    readonly PaceSieve _shown = new(TimeSpan.FromSeconds(10));
    readonly PaceSieve _stored = new(TimeSpan.FromMinutes(1));

    /// <summary>Calls placed since the last moment that was kept.</summary>
    public int Placed => _shown.Placed;

    /// <summary>Moments of before, the oldest first; nothing was added yet.</summary>
    public void Recall(IEnumerable<PaceMoment> stored)
    {
        foreach (var moment in stored) Keep(moment);
    }

    public void Add(PaceMoment moment)
    {
        _stored.Add(moment);
        if (_shown.Add(moment)) Keep(_shown.Take());
    }

    /// <summary>What is to be stored now, so that the next activation knows it; null: nothing is yet.</summary>
    /// <param name="all">Also what another minute would have waited for.</param>
    public PaceMoment? TakeUnstored(bool all = false) => _stored.IsDue || all && _stored.HasNews ? _stored.Take() : null;

    /// <summary>It could not be stored: the next one counts its calls.</summary>
    public void NotStored(PaceMoment moment) => _stored.PutBack(moment);

    /// <summary>The oldest one may be older than an hour: it held when the hour began.</summary>
    public ImmutableArray<PaceMoment> LastHour(DateTimeOffset now)
    {
        // A clock that was set back has moments to come, which are none of this hour.
        var told = _kept.Where(m => m.At <= now).ToList();
        var first = told.FindLastIndex(m => now - m.At > Length);
        return [.. told.Skip(Math.Max(0, first))];
    }

    void Keep(PaceMoment moment)
    {
        if (_kept.Count == MostKept) _kept.Dequeue();
        _kept.Enqueue(moment);
    }
}
