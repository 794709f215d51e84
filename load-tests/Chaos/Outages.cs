namespace Carillon.Chaos;

/// <summary>When the product could not see what happened on a server, from outside: nodes down, links cut, the server itself gone.</summary>
sealed class Outages
{
    readonly Lock _lock = new();
    readonly List<Outage> _all = [];

    /// <param name="server">Null: all servers.</param>
    public Outage Begin(string? server, bool endsCalls = false)
    {
        var outage = new Outage(server, endsCalls, TimeProvider.System.GetUtcNow());
        lock (_lock) _all.Add(outage);
        return outage;
    }

    public IEnumerable<Outage> Of(string server)
    {
        lock (_lock) return [.. _all.Where(o => o.Server is null || o.Server == server)];
    }

    /// <summary>Those in which the whole node was gone or stood still.</summary>
    public IReadOnlyList<Outage> OfNode { get { lock (_lock) return [.. _all.Where(o => o.Server is null)]; } }

    /// <summary>For how much of the time between the two the server could be seen.</summary>
    public TimeSpan Visible(string server, DateTimeOffset from, DateTimeOffset to)
    {
        var visible = TimeSpan.Zero;
        foreach (var outage in Of(server).Where(o => o.To > from && o.From < to).OrderBy(o => o.From))
        {
            if (outage.From > from) visible += outage.From - from;
            if (outage.To > from) from = outage.To;
        }
        return to > from ? visible + (to - from) : visible;
    }
}

/// <param name="EndsCalls">The calls of the server are gone with it.</param>
sealed record Outage(string? Server, bool EndsCalls, DateTimeOffset From)
{
    public DateTimeOffset To { get; private set; } = DateTimeOffset.MaxValue;

    public void End() => To = TimeProvider.System.GetUtcNow();

    /// <summary>Whether it touches the time between the two.</summary>
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From <= to && from <= To;
}
