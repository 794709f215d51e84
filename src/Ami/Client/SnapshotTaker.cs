using System.Threading.Channels;
using Carillon.Ami.Events;

namespace Carillon.Ami;

/// <summary>
/// Takes snapshots over the event connection, one at a time: at the start, on request, and after damage. Events that arrived before its first row
/// are older and go ahead of it (or nowhere, before the first one); those that arrive later may be newer, and come after it.
/// </summary>
sealed class SnapshotTaker(
    AmiConnection events, SignalQueue queue, int epoch, AmiClientOptions options, AmiPermissions permissions, TimeProvider time)
{
    const int Attempts = 3;
    readonly Lock _lock = new();
    readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    TaskCompletionSource<bool> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _ended, _damaged, _first = true;

    /// <summary>True once a complete snapshot, begun after this call, is in the stream.</summary>
    public Task<bool> RequestAsync()
    {
        lock (_lock)
        {
            if (_ended) return Task.FromResult(false);
            _wanted.Writer.TryWrite(true);
            return _next.Task;
        }
    }

    public void AfterDamage()
    {
        Volatile.Write(ref _damaged, true);
        _ = RequestAsync();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        _ = RequestAsync();
        try
        {
            while (true)
            {
                await _wanted.Reader.ReadAsync(cancellation).ConfigureAwait(false);
                if (Interlocked.Exchange(ref _damaged, false)) await Task.Delay(options.ResyncDelay, time, cancellation).ConfigureAwait(false);
                // A consumer that has not taken the last one yet gets no second one: their number would have no bound.
                await queue.WhenReadDownTo(long.MaxValue, cancellation).ConfigureAwait(false);
                var done = Begin();
                var snapshot = await TakeAsync(cancellation).ConfigureAwait(false);
                if (events.Broken.IsCompleted) return;
                queue.Add(snapshot);
                queue.Release();
                _first = false;
                done.TrySetResult(snapshot.Complete);
            }
        }
        catch (OperationCanceledException) { }
        finally
        {
            lock (_lock) _ended = true;
            _next.TrySetResult(false);
        }
    }

    TaskCompletionSource<bool> Begin()
    {
        lock (_lock)
        {
            var done = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _wanted.Reader.TryRead(out _);
            return done;
        }
    }

    async Task<AmiSnapshot> TakeAsync(CancellationToken cancellation)
    {
        var channels = await ListAsync(Actions.CoreShowChannels(), Begun, cancellation).ConfigureAwait(false);
        var queues = await ListAsync(Actions.QueueStatus(), channels.Whole ? null : Begun, cancellation).ConfigureAwait(false);
        var problem = string.Join(" ", new[] { Problem("CoreShowChannels", channels), Problem("QueueStatus", queues) }.OfType<string>());
        return new(channels.Whole, queues.Whole, problem.Length > 0 ? problem : null,
            Rows<CoreShowChannelEvent>(channels), Rows<QueueParamsEvent>(queues), Rows<QueueMemberEvent>(queues), Rows<QueueEntryEvent>(queues))
        { Epoch = epoch };
    }

    void Begun()
    {
        if (_first) queue.Discard();
        queue.Hold();
    }

    // A list that was cut off or timed out is worth another try; a refused one is not.
    async Task<AmiListResult> ListAsync(AmiAction action, Action? begun, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var deadline = new CancellationTokenSource(options.ListTimeout, time);
            var list = await events.ListAsync(action, deadline.Token, cancellation, begun).ConfigureAwait(false);
            if (attempt == Attempts || list.Whole || list.Outcome == AmiListOutcome.Refused || events.Broken.IsCompleted) return list;
        }
    }

    string? Problem(string action, AmiListResult list)
    {
        if (list.Whole) return null;
        if (list.Answer == AmiAnswer.PermissionDenied && permissions.Missing([action]) is [var missing, ..]) return missing;
        return $"{action} did not end well: {list.Message}";
    }

    static List<T> Rows<T>(AmiListResult list) where T : AmiEvent => [.. list.Rows.OfType<T>()];
}
