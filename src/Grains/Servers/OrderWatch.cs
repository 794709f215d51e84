namespace Carillon.Servers;

/// <summary>
/// Notices that a server hangs while calls are ordered from it, long before its connection is given up: it has not answered, and nothing whatever was heard of it.
/// An Asterisk under load answers late, but is never silent; who is suspected wrongly is cleared by the next byte, and nothing was lost but a moment.
/// </summary>
sealed class OrderWatch
{
    /// <summary>Asterisk answers an Originate that it only has to take within milliseconds. Over a slow line calls wait for answers that take longer, and go on with them.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(0.5);

    long _bytes;
    TimeSpan _since;
    bool _isAwaiting;

    /// <summary>To be asked again and again.</summary>
    /// <param name="unanswered">Orders that were sent and not answered.</param>
    /// <param name="bytes">Received so far.</param>
    /// <param name="now">By a clock that is never set.</param>
    /// <returns>True: nothing more should be ordered until something is heard.</returns>
    public bool IsMute(int unanswered, long bytes, TimeSpan now)
    {
        // Silence from before an order says nothing.
        if (unanswered == 0 || !_isAwaiting || bytes != _bytes) (_bytes, _since) = (bytes, now);
        _isAwaiting = unanswered > 0;
        return now - _since >= LongestSilence;
    }
}
