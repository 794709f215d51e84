namespace Carillon.Pacing;

/// <summary>What a call told of the trunk that it went by.</summary>
public enum TrunkResult
{
    /// <summary>The far side rang, answered, or said something of the number: the trunk works.</summary>
    Reached,
    /// <summary>Congestion, or no way out.</summary>
    Refused,
    /// <summary>Not a sign of the far side for longer than a network takes.</summary>
    Silent,
}

public enum TrunkState
{
    Healthy,
    /// <summary>Some calls fail: less is placed on it.</summary>
    Weak,
    /// <summary>Most calls failed: nothing is placed on it for a while.</summary>
    Resting,
    /// <summary>One call at a time finds out whether it works again.</summary>
    Probing,
    /// <summary>It works again: each call that gets through allows one more, each that fails one less.</summary>
    Recovering,
}

/// <summary>How much may be placed on a trunk.</summary>
/// <param name="Calls">Calls at once.</param>
/// <param name="Unproven">Of these, calls that have not told yet whether the trunk works.</param>
public readonly record struct TrunkAllowance(int Calls, int Unproven);

/// <summary>
/// Judges a trunk by its last calls. Until <see cref="MinimumCount"/> of them have told something it is taken for healthy, because a new or quiet trunk has to be
/// used to be known. Calls that were placed before the trunk was last given a rest say nothing of it any more.
/// </summary>
/// <remarks>The window is of calls rather than of time alone (as Polly's RollingHealthMetrics) so that a trunk with one call a minute is judged too.</remarks>
public sealed class TrunkHealth
{
    public const int WindowCount = 40;
    public const int MinimumCount = 8;
    public static readonly TimeSpan WindowTime = TimeSpan.FromMinutes(5);

    /// <summary>Failures that networks and callees cause by themselves.</summary>
    public const double UsualFailures = 0.2;

    /// <summary>From here on a call on this trunk is more likely lost than not.</summary>
    public const double TooManyFailures = 0.5;

    /// <summary>A verdict takes so many standard deviations more failures than the usual ones: of a few calls nearly all, of many <see cref="TooManyFailures"/>.</summary>
    public const double BeyondChance = 4;

    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>So many more calls that got through than failed end the recovery: in a row they would be rare on a trunk that fails no more than usual.</summary>
    public const int Recovered = 16;

    readonly Queue<(TrunkResult Result, TimeSpan At)> _window = new(WindowCount);
    TimeSpan _rest = FirstRest;
    TimeSpan _restsSince = TimeSpan.MinValue;
    TimeSpan? _restsUntil;
    int _limit;

    /// <summary>Grows with each <see cref="TrunkState.Resting"/>, so that others see that there was one.</summary>
    public int Rests { get; private set; }

    /// <summary>Share of failed calls in the window; null while there are too few.</summary>
    public double? Failures(TimeSpan now)
    {
        Forget(now);
        return _window.Count < MinimumCount ? null : (double)_window.Count(r => r.Result != TrunkResult.Reached) / _window.Count;
    }

    public TrunkState State(TimeSpan now) => _restsUntil is { } until
        ? now < until ? TrunkState.Resting : _limit == 0 ? TrunkState.Probing : TrunkState.Recovering
        : Failures(now) > UsualFailures ? TrunkState.Weak : TrunkState.Healthy;

    /// <summary>How long until the next probe; zero if the trunk does not rest.</summary>
    public TimeSpan RestLeft(TimeSpan now) => _restsUntil - now is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public TrunkAllowance Allow(int channels, TimeSpan now) => State(now) switch
    {
        TrunkState.Resting => new(0, 0),
        TrunkState.Probing => new(channels, Math.Min(1, channels)),
        TrunkState.Recovering => new(channels, Math.Min(1 + _limit, channels)),
        TrunkState.Weak => Weak(channels, Failures(now)!.Value),
        _ => new(channels, channels),
    };

    /// <param name="result">What the call told.</param>
    /// <param name="placed">When it was placed.</param>
    /// <param name="now">When it told.</param>
    public void Tell(TrunkResult result, TimeSpan placed, TimeSpan now)
    {
        if (placed < _restsSince || State(now) == TrunkState.Resting) return;
        if (_restsUntil is not null)
        {
            Recover(result, now);
            return;
        }
        Forget(now);
        if (_window.Count == WindowCount) _window.Dequeue();
        _window.Enqueue((result, now));
        if (Failures(now) is { } failures && failures >= Unbearable(_window.Count)) Rest(now);
    }

    static double Unbearable(int calls) => Math.Max(TooManyFailures, UsualFailures + BeyondChance * Math.Sqrt(UsualFailures * (1 - UsualFailures) / calls));

    void Recover(TrunkResult result, TimeSpan now)
    {
        if (result != TrunkResult.Reached)
        {
            if (--_limit >= 0) return;
            _rest = _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
            Rest(now);
        }
        else if (++_limit >= Recovered) (_restsUntil, _limit, _rest) = (null, 0, FirstRest);
    }

    void Rest(TimeSpan now)
    {
        _window.Clear();
        Rests++;
        (_restsSince, _restsUntil, _limit) = (now, now + _rest, 0);
    }

    /// <summary>Somebody who knows says that it works again: a call may find out at once.</summary>
    public void EndRest(TimeSpan now)
    {
        if (State(now) == TrunkState.Resting) _restsUntil = now;
    }

    /// <summary>Falls evenly from all to a quarter of the channels, one at the least.</summary>
    static TrunkAllowance Weak(int channels, double failures)
    {
        var share = 1 - 0.75 * (Math.Min(failures, TooManyFailures) - UsualFailures) / (TooManyFailures - UsualFailures);
        var most = channels == 0 ? 0 : Math.Clamp((int)(channels * share), 1, channels);
        return new(most, most);
    }

    void Forget(TimeSpan now)
    {
        while (_window.TryPeek(out var oldest) && now - oldest.At > WindowTime) _window.Dequeue();
    }
}
