using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>Objects outside of grains that grains call. Each has turns of its own.</summary>
sealed class Observers(ILogger<Observers> logger)
{
    static readonly GrainType Type = GrainType.Create("observer");
    readonly ConcurrentDictionary<GrainId, Mailbox> _known = [];

    public static bool Owns(GrainId id) => id.Type == Type;

    public IEnumerable<Mailbox> All => _known.Select(static o => o.Value);

    public GrainId Add(object observer)
    {
        var id = GrainId.Create(Type, GrainKeys.Format(Guid.NewGuid()));
        _known[id] = new ObserverMailbox(logger, observer);
        return id;
    }

    public void Remove(GrainId id) => _known.TryRemove(id, out _);

    public Mailbox? Find(GrainId id) => _known.GetValueOrDefault(id);

    sealed class ObserverMailbox(ILogger logger, object observer) : Mailbox(logger, reentrant: false)
    {
        readonly WeakReference _observer = new(observer);

        protected override bool IsOpen => true;

        protected override object? Instance => _observer.Target;
    }
}
