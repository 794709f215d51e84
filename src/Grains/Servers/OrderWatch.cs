namespace Carillon.Servers;

/// <summary>
/// Notices that a server hangs while calls are ordered from it, long before its connection is given up: it has not answered, and nothing whatever was heard of it.
/// An Asterisk under load answers late, but is never silent; who is suspected wrongly is cleared by the next byte, and nothing was lost but a moment.
/// </summary>
sealed class OrderWatch
{
    /// <summary>Asterisk answers an Originate that it only has to take within milliseconds. Over a slow line calls wait for answers that take longer, and go on with them.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(0.5);

    /// <summary>Who is silent for so long is asked to say something, if calls may be ordered at any moment: a server that hangs is found out before they are.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.25);

    long _bytes, _heard;
    TimeSpan _since, _heardAt;
    bool _isAwaiting, _isMute;

    /// <summary>To be asked again and again.</summary>
    /// <param name="unanswered">Orders and questions that were sent and not answered.</param>
    /// <param name="bytes">Received so far.</param>
    /// <param name="now">By a clock that is never set.</param>
    /// <returns>True: nothing more should be ordered until something is heard.</returns>
    public bool IsMute(int unanswered, long bytes, TimeSpan now)
    {
        // Silence from before an order says nothing. Who is mute stays so when nobody waits for the answer any more.
        if (bytes != _bytes || !_isMute && (unanswered == 0 || !_isAwaiting)) (_bytes, _since, _isMute) = (bytes, now, false);
        _isAwaiting = unanswered > 0;
        return _isMute |= now - _since >= LongestSilence;
    }

    /// <summary>To be asked again and again while calls may be ordered.</summary>
    /// <returns>True: it is time for a question, such as a Ping.</returns>
    public bool IsQuiet(int unanswered, long bytes, TimeSpan now)
    {
        if (unanswered > 0 || bytes != _heard) (_heard, _heardAt) = (bytes, now);
        return now - _heardAt >= Quiet;
    }
}
