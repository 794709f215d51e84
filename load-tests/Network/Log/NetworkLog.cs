using System.Text.Json;

namespace Carillon.Network;

/// <param name="Capacity">Ended calls kept in memory; the oldest goes first. Default: all.</param>
/// <param name="File">JSON lines of every ended call, or null.</param>
public sealed record NetworkLogConfig(int Capacity = int.MaxValue, string? File = null);

/// <summary>The truth about every call out: what tests and benches hold the product's own records against.</summary>
public sealed class NetworkLog : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly int _capacity;
    readonly Queue<CallRecord> _ended = new();
    readonly HashSet<CallRecord> _live = [];
    readonly StreamWriter? _file;

    internal NetworkLog(NetworkLogConfig config)
    {
        _capacity = config.Capacity;
        if (config.File is { } path) _file = new StreamWriter(path);
    }

    /// <summary>Calls placed since the start, also those no longer in memory.</summary>
    public long Placed { get; private set; }
    public long Answered { get; private set; }
    public long Connected { get; private set; }
    public long Abandoned { get; private set; }
    public long Ended { get; private set; }

    /// <summary>Ended calls that are still in memory, then those under way.</summary>
    public IReadOnlyList<CallRecord> Calls { get { lock (_lock) return [.. _ended, .. _live]; } }

    internal void Place(CallRecord call)
    {
        lock (_lock)
        {
            Placed++;
            _live.Add(call);
        }
    }

    internal void Answer(CallRecord call, DateTimeOffset at)
    {
        call.Answered = at;
        Answered++;
    }

    internal void Connect(CallRecord call, string agent, DateTimeOffset at)
    {
        if (call.Connected is not null) return;
        (call.Agent, call.Connected) = (agent, at);
        Connected++;
    }

    internal void End(CallRecord call, int cause, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (!_live.Remove(call)) return;
            (call.Cause, call.Ended) = (cause, at);
            Ended++;
            if (call.Abandoned) Abandoned++;
            _file?.WriteLine(JsonSerializer.Serialize(call));
            _ended.Enqueue(call);
            if (_ended.Count > _capacity) _ended.Dequeue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null) await _file.DisposeAsync();
    }
}
