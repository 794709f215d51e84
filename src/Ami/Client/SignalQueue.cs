using System.Collections.Concurrent;
using Carillon.Ami.Events;

namespace Carillon.Ami;

/// <summary>
/// The ordered way from the reader to the one consumer, bounded in wire bytes of events. From three quarters on droppable events are shed and
/// counted; what does not fit at all is refused, which ends the link. Signals about the link itself always fit: they are few.
/// </summary>
sealed class SignalQueue(int maxBytes, TimeProvider time)
{
    readonly record struct Entry(AmiSignal Signal, int Bytes, long At);

    readonly Lock _lock = new();
    readonly Queue<Entry> _ready = new();
    readonly Queue<Entry> _held = new();
    readonly ConcurrentDictionary<string, long> _shed = new();
    TaskCompletionSource? _filled, _read;
    long _bytes, _added;
    bool _holding, _completed;

    public long Bytes { get { lock (_lock) return _bytes; } }

    public int Length { get { lock (_lock) return _ready.Count + _held.Count; } }

    /// <summary>Events taken in so far.</summary>
    public long Added { get { lock (_lock) return _added; } }

    public IReadOnlyDictionary<string, long> Shed => new Dictionary<string, long>(_shed);

    /// <summary>Age of the oldest entry.</summary>
    public TimeSpan Lag
    {
        get { lock (_lock) return _ready.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.At) : TimeSpan.Zero; }
    }

    /// <summary>False if there is no room. The consumer is woken by <see cref="Flush"/>, once for all that one read brought.</summary>
    public bool TryAdd(AmiEvent signal, int bytes, bool droppable)
    {
        lock (_lock)
        {
            if (droppable && _bytes + bytes > maxBytes / 4L * 3)
            {
                _shed.AddOrUpdate(signal.Name, 1, static (_, count) => count + 1);
                return true;
            }
            if (_bytes + bytes > maxBytes) return false;
            _bytes += bytes;
            _added++;
            (_holding ? _held : _ready).Enqueue(new(signal, bytes, time.GetTimestamp()));
            return true;
        }
    }

    /// <summary>Adds a signal about the link, ahead of the events that are held.</summary>
    public void Add(AmiSignal signal)
    {
        lock (_lock) _ready.Enqueue(new(signal, 0, time.GetTimestamp()));
        Flush();
    }

    public void Flush()
    {
        TaskCompletionSource? filled;
        lock (_lock)
        {
            if (_ready.Count == 0 && !_completed) return;
            (filled, _filled) = (_filled, null);
        }
        filled?.TrySetResult();
    }

    /// <summary>Keeps back the events from now on, so that a snapshot taken meanwhile comes before them; what was held until now goes.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            Release();
            _holding = true;
        }
    }

    /// <summary>Lets the events go that were held.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holding = false;
            while (_held.TryDequeue(out var entry)) _ready.Enqueue(entry);
        }
        Flush();
    }

    /// <summary>Forgets the events that were held: no snapshot stands behind them.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _holding = false;
            while (_held.TryDequeue(out var entry)) _bytes -= entry.Bytes;
        }
    }

    /// <summary>Nothing more will come; what is there can still be read.</summary>
    public void Complete()
    {
        lock (_lock) _completed = true;
        Flush();
    }

    /// <summary>Appends 1 to <paramref name="max"/> signals; 0 only after <see cref="Complete"/>.</summary>
    public async ValueTask<int> ReadAsync(List<AmiSignal> into, int max, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task filled;
            lock (_lock)
            {
                var taken = Take(into, max);
                if (taken > 0 || _completed) return taken;
                filled = (_filled ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await filled.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Completes once the consumer has taken all but <paramref name="bytes"/> and every snapshot.</summary>
    public async Task WhenReadDownTo(long bytes, CancellationToken cancellation)
    {
        while (true)
        {
            Task read;
            lock (_lock)
            {
                if (_bytes <= bytes && !_ready.Any(entry => entry.Signal is AmiSnapshot)) return;
                read = (_read ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await read.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    int Take(List<AmiSignal> into, int max)
    {
        var taken = 0;
        while (taken < max && _ready.TryDequeue(out var entry))
        {
            into.Add(entry.Signal);
            _bytes -= entry.Bytes;
            taken++;
        }
        if (taken > 0)
        {
            _read?.TrySetResult();
            _read = null;
        }
        return taken;
    }
}
