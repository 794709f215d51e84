namespace Carillon.Campaigns;

/// <summary>
/// When a campaign will be through, by how fast its leads have become fewer lately. Calls a minute would not tell: a lead may take several, and wait between them.
/// </summary>
sealed class LeadsLeft
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Over less time than this a few calls would decide.</summary>
    static readonly TimeSpan Least = TimeSpan.FromSeconds(10);

    readonly Queue<(DateTimeOffset At, long Left)> _seen = new();

    public void Clear() => _seen.Clear();

    public void Saw(DateTimeOffset at, long left)
    {
        while (_seen.TryPeek(out var first) && at - first.At > Window) _seen.Dequeue();
        _seen.Enqueue((at, left));
    }

    /// <summary>Null while too little was seen, or when leads did not become fewer.</summary>
    public DateTimeOffset? EndsAt(DateTimeOffset now, long left)
    {
        if (!_seen.TryPeek(out var first) || now - first.At < Least || left >= first.Left) return null;
        var perLead = (now - first.At) / (first.Left - left);
        return left > (DateTimeOffset.MaxValue - now) / perLead ? null : now + perLead * left;
    }
}
