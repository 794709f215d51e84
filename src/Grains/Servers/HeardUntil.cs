namespace Carillon.Servers;

/// <summary>Until when it is known what Asterisk said. A call that has told nothing is silent only as of then: it may be us who are late.</summary>
sealed class HeardUntil
{
    DateTimeOffset? _lookedAt;
    long _bytes;

    /// <summary>To be asked again and again. What was said until the answer has been read once all is digested that waits now.</summary>
    /// <param name="bytes">Received so far.</param>
    /// <param name="waiting">Received and not read yet.</param>
    /// <param name="now">The time.</param>
    /// <returns>When this was last asked, if something was received since then; null if that cannot be said.</returns>
    public DateTimeOffset? Look(long bytes, int waiting, DateTimeOffset now)
    {
        if (waiting > 0) return null;
        var (before, isHeard) = (_lookedAt, bytes != _bytes);
        (_lookedAt, _bytes) = (now, bytes);
        return isHeard ? before : null;
    }
}
