using Carillon.Calls;

namespace Carillon.Servers;

/// <summary>
/// Orders that this owner of the server took, and may have sent. Intents begin under one owner only: one that is open in the store, began under this owner and is
/// not here was never placed, as its order was lost on the way or what withdrew it was. What became of one of an earlier owner cannot be known so.
/// </summary>
sealed class TakenOrders
{
    HashSet<AttemptId>? _inherited;
    readonly HashSet<AttemptId> _old = [];
    readonly HashSet<AttemptId> _young = [];
    readonly Dictionary<AttemptId, TimeSpan> _refused = [];

    /// <param name="open">What was open in the store after this owner had taken the server.</param>
    public void Inherit(IEnumerable<AttemptId> open) => _inherited = [.. open];

    /// <returns>False if it was refused before.</returns>
    public bool TryAdd(AttemptId attempt) => !_refused.ContainsKey(attempt) && _young.Add(attempt);

    /// <summary>It is told that it was not placed: should its order come yet, it comes too late. After a while its line has lapsed anyway.</summary>
    public void Refuse(AttemptId attempt, TimeSpan now)
    {
        foreach (var (before, at) in _refused) if (at < now - 2 * LineBook.GrantLifetime) _refused.Remove(before);
        _refused[attempt] = now;
    }

    /// <summary>It was certainly not sent.</summary>
    public void Remove(AttemptId attempt)
    {
        _young.Remove(attempt);
        _old.Remove(attempt);
    }

    public bool WasNever(AttemptId attempt) => _inherited is { } inherited && !inherited.Contains(attempt) && !_old.Contains(attempt) && !_young.Contains(attempt);

    /// <summary>What is told next by <see cref="StillOpen"/> is of now or later.</summary>
    public void BeforeLook()
    {
        _old.UnionWith(_young);
        _young.Clear();
    }

    /// <summary>Of those that were here before the store was looked at only these will be asked for again.</summary>
    public void StillOpen(IReadOnlyCollection<AttemptId> open)
    {
        _old.IntersectWith(open);
        _inherited?.IntersectWith(open);
    }
}
