namespace Carillon.Chaos;

/// <summary>When the product could not see what happened on a server, from outside: nodes down, links cut, the server itself gone.</summary>
sealed class Outages
{
    readonly Lock _lock = new();
    readonly List<Outage> _all = [];

    public Outage Begin(Outage outage)
    {
        lock (_lock) _all.Add(outage);
        return outage;
    }

    public IEnumerable<Outage> Of(string server)
    {
        lock (_lock) return [.. _all.Where(o => o.Server is null || o.Server == server)];
    }

    /// <summary>Those in which a whole node was gone or stood still.</summary>
    public IReadOnlyList<Outage> OfNode { get { lock (_lock) return [.. _all.Where(o => o.IsOfNode)]; } }

    /// <summary>For how much of the time between the two something of the product could have known the server's calls and written what it knew.</summary>
    public TimeSpan Knowable(string server, DateTimeOffset from, DateTimeOffset to)
    {
        var knowable = TimeSpan.Zero;
        foreach (var outage in Of(server).Where(o => o.IsExcuse && o.To > from && o.From < to).OrderBy(o => o.From))
        {
            if (outage.From > from) knowable += outage.From - from;
            if (outage.To > from) from = outage.To;
        }
        return to > from ? knowable + (to - from) : knowable;
    }
}

/// <param name="Server">Null: all servers.</param>
sealed record Outage(string? Server, DateTimeOffset From)
{
    public DateTimeOffset To { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>The calls of the server are gone with it.</summary>
    public bool EndsCalls { get; init; }

    /// <summary>A node was gone or stood still.</summary>
    public bool IsOfNode { get; init; }

    /// <summary>It was not in the product's hands to know of the server's calls meanwhile. The loss of one node of several is no excuse: the others are there for that.</summary>
    public bool IsExcuse { get; init; }

    public void End(DateTimeOffset at) => To = at;

    /// <summary>Whether it touches the time between the two.</summary>
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From <= to && from <= To;
}
