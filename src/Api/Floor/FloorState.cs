using System.Collections.Concurrent;
using Carillon.Api.Access;
using Carillon.Api.Events;

namespace Carillon.Api.Floor;

/// <summary>
/// The newest look at the floor, one on each node for all its pages. What a group of supervisors sees of it is worked out once a look, however many of
/// them have a page open.
/// </summary>
sealed class FloorState(EventClients clients)
{
    readonly Lock _lock = new();
    ConcurrentDictionary<string, FloorSnapshot> _scopes = new(StringComparer.Ordinal);
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _watchers;

    public FloorSnapshot Whole { get; private set; } = FloorSnapshot.Unseen;

    /// <summary>A page is open that shows why paces are what they are.</summary>
    public bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Keeps the looks coming until it is disposed. Null: the node has as many live clients as it takes.</summary>
    public IDisposable? Watch()
    {
        if (clients.TryEnter() is not { } place) return null;
        Interlocked.Increment(ref _watchers);
        return new Watcher(this, place);
    }

    public void Replace(FloorSnapshot look)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (Whole, _scopes) = (look, new(StringComparer.Ordinal));
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        changed.SetResult();
    }

    /// <summary>What the caller sees of the newest look, and a task that completes with the next one.</summary>
    public (FloorSnapshot Look, Task Next) Of(Caller caller)
    {
        lock (_lock)
        {
            var look = caller.IsAdministrator ? Whole : _scopes.GetOrAdd(string.Join('\n', caller.Groups.Order(StringComparer.Ordinal)), _ => Part(Whole, caller));
            return (look, _changed.Task);
        }
    }

    static FloorSnapshot Part(FloorSnapshot whole, Caller caller) => whole with
    {
        Campaigns = [.. whole.Campaigns.Where(c => caller.Owns(c.Config.Group))],
        Queues = [.. whole.Queues.Where(q => caller.Owns(q.Group))],
        Agents = [.. whole.Agents.Where(a => a.Groups.Any(caller.Owns))],
    };

    sealed class Watcher(FloorState floor, IDisposable place) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 1) return;
            Interlocked.Decrement(ref floor._watchers);
            place.Dispose();
        }
    }
}
