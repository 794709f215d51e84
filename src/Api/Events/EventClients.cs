using Microsoft.Extensions.Options;

namespace Carillon.Api.Events;

/// <summary>How many clients listen on this node.</summary>
sealed class EventClients(IOptions<ApiOptions> options)
{
    readonly Lock _lock = new();
    TaskCompletionSource _any = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _count;

    /// <summary>Null: there are as many as may be.</summary>
    public IDisposable? TryEnter()
    {
        lock (_lock)
        {
            if (_count >= options.Value.MaxEventClients) return null;
            _count++;
            _any.TrySetResult();
            return new Place(this);
        }
    }

    public Task WhenAny(CancellationToken cancel)
    {
        lock (_lock) return _any.Task.WaitAsync(cancel);
    }

    void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0) _any = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    sealed class Place(EventClients clients) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) clients.Leave();
        }
    }
}
