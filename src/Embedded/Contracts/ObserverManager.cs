using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>
/// The observers of one grain. Who does not subscribe again within the expiration is forgotten, and so is who fails to be notified.
/// Not safe for threads: it belongs to its grain's turns.
/// </summary>
public partial class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver> where TIdentity : notnull
{
    // Replaced on every change, so that a notification that awaits keeps what it began with.
    Dictionary<TIdentity, (TObserver Observer, DateTime Seen)> _entries = [];

    public Func<DateTime> GetDateTime { get; set; } = () => TimeProvider.System.GetUtcNow().UtcDateTime;

    public TimeSpan ExpirationDuration { get; set; } = expiration;

    public int Count => _entries.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _entries.ToDictionary(static e => e.Key, static e => e.Value.Observer);

    public void Clear() => _entries = [];

    public void Subscribe(TIdentity id, TObserver observer) => _entries = new(_entries) { [id] = (observer, GetDateTime()) };

    public void Unsubscribe(TIdentity id) => Remove([id]);

    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        var gone = Expired();
        foreach (var (id, (observer, _)) in _entries)
        {
            if (gone.Contains(id) || predicate?.Invoke(observer) == false) continue;
            try
            {
                await notification(observer);
            }
            catch (Exception failure)
            {
                LogUnreachable(log, failure, id);
                gone.Add(id);
            }
        }
        Remove(gone);
    }

    public void ClearExpired() => Remove(Expired());

    public IEnumerator<TObserver> GetEnumerator() => _entries.Values.Select(static e => e.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    HashSet<TIdentity> Expired()
    {
        var oldest = GetDateTime() - ExpirationDuration;
        return [.. _entries.Where(e => e.Value.Seen < oldest).Select(static e => e.Key)];
    }

    void Remove(HashSet<TIdentity> ids)
    {
        if (ids.Count > 0) _entries = _entries.Where(e => !ids.Contains(e.Key)).ToDictionary();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Observer {Id} cannot be reached and is forgotten")]
    static partial void LogUnreachable(ILogger logger, Exception failure, TIdentity id);
}
