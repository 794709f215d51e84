namespace Carillon.Ami;

/// <summary>Finds who waits for an answer by its ActionID. After <see cref="Break"/> it takes nobody any more.</summary>
sealed class Correlator
{
    readonly Lock _lock = new();
    readonly Dictionary<string, Pending> _pending = new(AsciiComparer.Instance);
    readonly Dictionary<string, Pending>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    AmiBreak? _broken;
    int _lists;

    public Correlator() => _byBytes = _pending.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Answers awaited now.</summary>
    public int Count { get { lock (_lock) return _pending.Count; } }

    /// <summary>Whether an event could be a row at all; saves looking for its ActionID.</summary>
    public bool HasLists => Volatile.Read(ref _lists) > 0;

    /// <summary>Null, or why nobody can wait under this id.</summary>
    public (string Why, AmiCause Cause)? Add(string id, Pending pending)
    {
        lock (_lock)
        {
            if (_broken is not null) return (_broken.Detail, _broken.Cause);
            if (!_pending.TryAdd(id, pending)) return ("Another action with the same ActionID waits for its answer.", AmiCause.None);
            if (pending is PendingList) _lists++;
            return null;
        }
    }

    /// <summary>False if the answer had come first.</summary>
    public bool Remove(string id, Pending pending)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(id, out var found) || found != pending) return false;
            Forget(id, pending);
            return true;
        }
    }

    /// <summary>False if nobody waits: a late answer, or a second one.</summary>
    public bool Answer(ReadOnlySpan<byte> id, AmiResponse response)
    {
        lock (_lock)
        {
            if (!_byBytes.TryGetValue(id, out var key, out var pending)) return false;
            if (pending.Answer(response)) Forget(key, pending);
            return true;
        }
    }

    public PendingList? FindList(ReadOnlySpan<byte> id)
    {
        lock (_lock) return _byBytes.TryGetValue(id, out var pending) ? pending as PendingList : null;
    }

    public void End(ReadOnlySpan<byte> id, PendingList list, string mark, int items)
    {
        lock (_lock)
        {
            if (_byBytes.TryGetValue(id, out var key, out var pending) && pending == list) Forget(key, list);
        }
        list.End(mark, items);
    }

    public void Break(AmiBreak cause)
    {
        List<Pending> failed;
        lock (_lock)
        {
            if (_broken is not null) return;
            _broken = cause;
            failed = [.. _pending.Values];
            _pending.Clear();
            _lists = 0;
        }
        foreach (var pending in failed) pending.Break(cause);
    }

    void Forget(string id, Pending pending)
    {
        _pending.Remove(id);
        if (pending is PendingList) _lists--;
    }
}
