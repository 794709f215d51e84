namespace Carillon.Storage;

/// <param name="Epoch">Grows with every activation of the server; intents of an earlier one are refused from now on.</param>
/// <param name="EarlierLease">How long the owner before may still start calls, counted from the moment when this was asked for.</param>
public sealed record ServerOwnership(long Epoch, TimeSpan EarlierLease);

/// <summary>Which activation owns a server: the last that said so.</summary>
public sealed class ServerOwnerStore(Database database)
{
    /// <summary>Whether other nodes may use this database; if not, who takes a server is the only one there is.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>Takes a server over, whoever had it.</summary>
    /// <param name="node">Who takes it, for people.</param>
    /// <param name="lease">For how long after asking here the owner will go on by itself.</param>
    public Task<ServerOwnership> TakeAsync(ServerId server, string node, TimeSpan lease, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var args = new { server, node, Lease = (long)lease.TotalMilliseconds, database.Now };
        var before = await s.FirstAsync<Row>("SELECT epoch, lease_ms AS leasems FROM server_owners WHERE server_id = @server {{for update}}", args);
        await s.ExecuteAsync(before is null
            ? "INSERT INTO server_owners (server_id, epoch, node, lease_ms, taken_at) VALUES (@server, 1, @node, @Lease, @Now)"
            : "UPDATE server_owners SET epoch = epoch + 1, node = @node, lease_ms = @Lease, taken_at = @Now WHERE server_id = @server", args);
        return new ServerOwnership((before?.Epoch ?? 0) + 1, TimeSpan.FromMilliseconds(before?.LeaseMs ?? 0));
    }, cancel);

    /// <summary>The newest epoch of each server.</summary>
    public async Task<Dictionary<ServerId, long>> EpochsAsync(IReadOnlyCollection<ServerId> servers, CancellationToken cancel = default)
    {
        var ids = servers.Select(s => s.Value).ToArray();
        var rows = await database.ReadAsync(s => s.QueryAsync<Row>("SELECT server_id AS server, epoch FROM server_owners WHERE server_id {{in:ids}}", new { ids }), cancel);
        return rows.ToDictionary(r => r.Server, r => r.Epoch);
    }

    /// <summary>No intent of this epoch begins any more; those that have are in the store. The epoch after it is nobody's, and to be released in place of this one.</summary>
    /// <returns>False if somebody has taken the server: nothing changes then.</returns>
    public Task<bool> FenceAsync(ServerId server, long epoch, CancellationToken cancel = default) => database.WriteAsync(
        async s => await s.ExecuteAsync("UPDATE server_owners SET epoch = epoch + 1 WHERE server_id = @server AND epoch = @epoch", new { server, epoch }) == 1, cancel);

    /// <summary>The owner will start no more calls: who takes the server next need not wait. Nothing changes if somebody has taken it already.</summary>
    public Task ReleaseAsync(ServerId server, long epoch, CancellationToken cancel = default) => database.WriteAsync(
        s => s.ExecuteAsync("UPDATE server_owners SET lease_ms = 0 WHERE server_id = @server AND epoch = @epoch", new { server, epoch }), cancel);

    sealed class Row
    {
        public ServerId Server { get; init; }
        public long Epoch { get; init; }
        public long LeaseMs { get; init; }
    }
}
