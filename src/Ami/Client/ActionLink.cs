namespace Carillon.Ami;

/// <summary>One action connection, made again by itself as long as its session lives. At most MaxInFlight actions wait on it.</summary>
sealed class ActionLink(AmiClientOptions options, EventCatalog catalog, Meter meter, TimeProvider time, Func<double> random) : IAsyncDisposable
{
    readonly SemaphoreSlim _slots = new(options.MaxInFlight);
    AmiConnection? _connection;
    int _load;
    AmiBreak _cause = new(AmiCause.None, "The action connection is not made yet.");

    public bool Ready => Volatile.Read(ref _connection)?.State == ConnectionState.Ready;

    /// <summary>Actions that wait for a slot or an answer.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>Answers awaited now.</summary>
    public int InFlight => Volatile.Read(ref _connection)?.InFlight ?? 0;

    /// <summary>Null when the first connection is ready, else why it is not.</summary>
    public async Task<AmiBreak?> OpenAsync(CancellationToken cancellation)
    {
        var connection = new AmiConnection(options, catalog, queue: null, epoch: 0, meter, time);
        Volatile.Write(ref _connection, connection);
        var failure = await connection.OpenAsync("off", cancellation).ConfigureAwait(false);
        if (failure is not null) _cause = failure;
        return failure;
    }

    /// <summary>Keeps the connection until cancelled.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        var failures = 0;
        try
        {
            while (true)
            {
                _cause = await _connection!.Broken.WaitAsync(cancellation).ConfigureAwait(false);
                await _connection.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(Backoff.After(_cause.Cause, failures, options, random()), time, cancellation).ConfigureAwait(false);
                failures = await OpenAsync(cancellation).ConfigureAwait(false) is null ? 0 : failures + 1;
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Sends when there is a slot. An OperationCanceledException means that nothing was sent.</summary>
    public async Task<T> RunAsync<T>(
        Func<AmiConnection, Task<T>> send, Func<string, AmiCause, T> notSent, ActionPacer pacer, CancellationToken deadline, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellation);
        Interlocked.Increment(ref _load);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                if (pacer.Reserve() is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, either.Token).ConfigureAwait(false);
                if (Volatile.Read(ref _connection) is not { State: ConnectionState.Ready } connection) return notSent(_cause.Detail, _cause.Cause);
                return await send(connection).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return notSent($"The action waited too long for its turn: {options.MaxInFlight} actions are in flight already, or the pace is limited.", AmiCause.None);
        }
        finally
        {
            Interlocked.Decrement(ref _load);
        }
    }

    /// <summary>Ends the connection with the session's first cause.</summary>
    public void Break(AmiBreak cause)
    {
        _cause = cause;
        Volatile.Read(ref _connection)?.Break(cause.Cause, cause.Detail);
    }

    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _connection) is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
    }
}
