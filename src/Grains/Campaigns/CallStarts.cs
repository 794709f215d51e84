using Carillon.Pacing;

namespace Carillon.Campaigns;

/// <summary>
/// Counts the calls that a campaign starts in a second, over all servers, from before they are ordered until it is known that they went out, and a second longer.
/// So that it holds where the calls arrive, as the limits of trunks and servers do. Times are those of a clock that is never set.
/// </summary>
/// <param name="since">Calls that an earlier activation placed may have started just before.</param>
sealed class CallStarts(TimeSpan since)
{
    readonly CallsPerSecondBucket _bucket = new(CallsPerSecondBucket.MostCallsPerSecond, since);
    readonly HashSet<AttemptId> _onTheirWay = [];
    bool _hasRate;

    /// <param name="callsPerSecond">Null: no limit.</param>
    public void SetRate(double? callsPerSecond)
    {
        _hasRate = callsPerSecond is not null;
        _bucket.SetRate(callsPerSecond ?? CallsPerSecondBucket.MostCallsPerSecond);
    }

    /// <summary>To be told before and after each change, so that no call is on its way unseen.</summary>
    public void See(IReadOnlyCollection<AttemptId> onTheirWay, TimeSpan now)
    {
        foreach (var attempt in onTheirWay)
            if (_onTheirWay.Add(attempt)) _bucket.Take();
        if (_onTheirWay.Count == onTheirWay.Count) return;
        var still = onTheirWay.ToHashSet();
        foreach (var attempt in _onTheirWay.Where(a => !still.Contains(a)).ToList())
        {
            _onTheirWay.Remove(attempt);
            _bucket.Arrived(now);
        }
    }

    /// <summary>How many calls may be ordered now.</summary>
    public int Left(TimeSpan now) => _bucket.Free(now) is var free && _hasRate ? free : int.MaxValue;
}
