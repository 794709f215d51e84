namespace Carillon.Ami;

/// <summary>Readings of one client at one moment; counts run from the client's start.</summary>
public sealed record AmiCounters
{
    public long BytesReceived { get; init; }
    public long Messages { get; init; }

    /// <summary>Events handed to the stream.</summary>
    public long Events { get; init; }

    /// <summary>Events that nobody asked for.</summary>
    public long Ignored { get; init; }

    /// <summary>Messages that were no messages: too long, or beginning with neither Event nor Response.</summary>
    public long Damaged { get; init; }

    /// <summary>Answers and list rows that nobody waited for (any more): late, or sent twice.</summary>
    public long Unmatched { get; init; }

    /// <summary>Droppable events shed, by event name.</summary>
    public IReadOnlyDictionary<string, long> Shed { get; init; } = new Dictionary<string, long>();

    /// <summary>How often the queue overflowed, so that the link was broken and a snapshot taken.</summary>
    public long Gaps { get; init; }

    /// <summary>Connections made again after the first, action connections included.</summary>
    public long Reconnects { get; init; }

    public long ActionsSent { get; init; }

    /// <summary>Actions that wait for their answer now.</summary>
    public int InFlight { get; init; }

    /// <summary>Wire bytes of the events that wait for the consumer now.</summary>
    public long QueueBytes { get; init; }

    public int QueueLength { get; init; }

    /// <summary>Age of the oldest event that waits now; zero if none does.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>Time from sending an action to its answer, a moving average over about 16 actions.</summary>
    public TimeSpan ActionLatency { get; init; }
}
