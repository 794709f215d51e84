namespace Carillon.Storage;

/// <summary>
/// The right to be the one node that works on a database. It ends with the process that holds it, however that ends; only the database can say whether it
/// still holds.
/// </summary>
public abstract class NodeLock : IAsyncDisposable
{
    /// <summary>Asks the database. False: the lock is gone, and another node may have it.</summary>
    public abstract Task<bool> IsHeldAsync(CancellationToken cancel = default);

    /// <summary>Gives it back.</summary>
    public abstract ValueTask DisposeAsync();
}
