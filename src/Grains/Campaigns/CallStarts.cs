using Carillon.Pacing;

namespace Carillon.Campaigns;

/// <summary>
/// Counts the calls that a campaign starts in a second, over all servers, from before they are ordered until it is known that they went out, and a second longer.
/// So that it holds where the calls arrive, as the limits of trunks and servers do. Times are those of a clock that is never set.
/// </summary>
/// <param name="since">Calls that an earlier activation placed may have started just before.</param>
sealed class CallStarts(TimeSpan since)
{
    /// <summary>
    /// A server that hangs must not hold the places of all others. A call is sent or refused as long as its connection stands, which a silent server loses after seconds,
    /// and is answered within ten seconds or in doubt: what still goes out after this long was stuck in a server that hung, and that one's own rates still count it.
    /// Agent first there is no such limit: the number is dialed when the agent has picked up.
    /// </summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(60);

    readonly CallsPerSecondBucket _bucket = new(CallsPerSecondBucket.MostCallsPerSecond, since);
    readonly Dictionary<AttemptId, (TimeSpan Since, bool HasPlace)> _onTheirWay = [];
    bool _hasRate;

    /// <param name="callsPerSecond">Null: no limit.</param>
    public void SetRate(double? callsPerSecond)
    {
        _hasRate = callsPerSecond is not null;
        _bucket.SetRate(callsPerSecond ?? CallsPerSecondBucket.MostCallsPerSecond);
    }

    /// <summary>To be told before and after each change, so that no call is on its way unseen.</summary>
    /// <param name="onTheirWay">And whether they ring the agent first.</param>
    public void See(IReadOnlyDictionary<AttemptId, bool> onTheirWay, TimeSpan now)
    {
        foreach (var (attempt, agentFirst) in onTheirWay)
        {
            if (_onTheirWay.TryAdd(attempt, (now, true))) _bucket.Take();
            else if (!agentFirst && _onTheirWay[attempt] is { HasPlace: true, Since: var since } && now - since >= LongestWay)
            {
                _onTheirWay[attempt] = (since, false);
                _bucket.Arrived(now);
            }
        }
        if (_onTheirWay.Count == onTheirWay.Count) return;
        foreach (var (attempt, (_, hasPlace)) in _onTheirWay.Where(a => !onTheirWay.ContainsKey(a.Key)).ToList())
        {
            _onTheirWay.Remove(attempt);
            if (hasPlace) _bucket.Arrived(now);
        }
    }

    /// <summary>How many calls may be ordered now.</summary>
    public int Left(TimeSpan now) => _bucket.Free(now) is var free && _hasRate ? free : int.MaxValue;
}
