using System.Collections.Concurrent;
using Carillon.Nodes;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Servers;

/// <summary>
/// The leases of all servers on this node, renewed together by one small read a few times in each lease, however many calls there are. Whoever takes a server
/// waits until the lease of the one before must be over, so renewing writes nothing.
/// </summary>
sealed partial class ServerLeases(ServerOwnerStore owners, INodes nodes, IOptions<ServerOptions> options, TimeProvider time, ILogger<ServerLeases> log) : IAsyncDisposable
{
    readonly ConcurrentDictionary<ServerLease, bool> _held = new();
    readonly CancellationTokenSource _stop = new();
    readonly Lock _lock = new();
    Task? _renewing;

    /// <summary>Takes a server over.</summary>
    /// <returns>The lease, and how long to wait before the first call: until then the owner before may still start some.</returns>
    public async Task<(ServerLease Lease, TimeSpan Wait)> Take(ServerId server, CancellationToken cancel)
    {
        var length = owners.IsShared ? options.Value.Lease : TimeSpan.Zero;
        var (asked, askedAt) = (time.GetElapsedTime(0), time.GetUtcNow());
        var (epoch, earlier) = await owners.TakeAsync(server, nodes.Self, length, cancel);
        var lease = new ServerLease(server, epoch, length, time);
        lease.Renew(asked, askedAt);
        _held[lease] = true;
        lock (_lock) if (length > TimeSpan.Zero) _renewing ??= KeepRenewing(length / 4);
        return (lease, earlier);
    }

    /// <summary>Nothing is sent and no intent begins any more under this lease.</summary>
    /// <returns>False if somebody else has the server.</returns>
    public async Task<bool> Fence(ServerLease lease)
    {
        lease.Lose();
        return _held.ContainsKey(lease) && (lease.IsFenced = await owners.FenceAsync(lease.Server, lease.Epoch));
    }

    /// <summary>Nothing is sent any more under this lease, and all that was is told.</summary>
    public async Task Release(ServerLease lease)
    {
        lease.Lose();
        if (!_held.TryRemove(lease, out _)) return;
        try
        {
            await owners.ReleaseAsync(lease.Server, lease.IsFenced ? lease.Epoch + 1 : lease.Epoch);
        }
        catch (StorageException e)
        {
            // Whoever is next waits until it must be over.
            NotReleased(log, lease.Server.Value, e);
        }
    }

    async Task KeepRenewing(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await Renew();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    async Task Renew()
    {
        var leases = _held.Keys.Where(l => !l.IsLost).ToList();
        if (leases.Count == 0) return;
        try
        {
            // Before the store is asked: whoever takes a server later than its answer waits for longer than we go on.
            var (asked, askedAt) = (time.GetElapsedTime(0), time.GetUtcNow());
            var epochs = await owners.EpochsAsync([.. leases.Select(l => l.Server)], _stop.Token);
            foreach (var lease in leases)
            {
                if (epochs.GetValueOrDefault(lease.Server) == lease.Epoch) lease.Renew(asked, askedAt);
                else Lose(lease);
            }
        }
        catch (Exception e)
        {
            // Whatever it was: if this ended, no server of the node would start a call any more, and nothing would say so.
            if (!_stop.IsCancellationRequested) NotRenewed(log, e);
        }
    }

    void Lose(ServerLease lease)
    {
        lease.Lose();
        _held.TryRemove(lease, out _);
        Lost(log, lease.Server.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_renewing is { } renewing) await renewing;
        _stop.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another node has taken server {Server} over")]
    static partial void Lost(ILogger logger, string server);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be asked who owns the servers; without an answer no call is started")]
    static partial void NotRenewed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} could not be given back; the next node waits for its lease to end")]
    static partial void NotReleased(ILogger logger, string server, Exception error);
}
