namespace Carillon.Campaigns;

/// <summary>Lets one moment of each interval through, and each that changes status or mode, with the calls that were placed since the one before.</summary>
sealed class PaceSieve(TimeSpan interval)
{
    PaceMoment? _last;
    PaceMoment? _taken;

    /// <summary>Calls placed since the last one was taken.</summary>
    public int Placed { get; private set; }

    /// <summary>The last one added is to be taken.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Something was added since the last one was taken.</summary>
    public bool HasNews => _last is not null && !ReferenceEquals(_last, _taken);

    /// <returns>See <see cref="IsDue"/>.</returns>
    public bool Add(PaceMoment moment)
    {
        Placed += moment.Placed;
        _last = moment;
        return IsDue |= _taken is null || (_taken.Status, _taken.Mode) != (moment.Status, moment.Mode)
            || moment.At - _taken.At >= interval || moment.At < _taken.At;
    }

    /// <summary>The last one added.</summary>
    public PaceMoment Take()
    {
        var taken = _last! with { Placed = Placed };
        (_taken, _last, Placed, IsDue) = (taken, taken, 0, false);
        return taken;
    }

    /// <summary>What was taken came to nothing.</summary>
    public void PutBack(PaceMoment moment) => Placed += moment.Placed;
}
