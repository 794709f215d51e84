using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Carillon.Storage;

/// <summary>What differs between the databases beyond words: connections, transactions, and what their errors mean.</summary>
abstract class Engine : IAsyncDisposable
{
    /// <summary>The database in words, without secrets.</summary>
    public abstract string Where { get; }

    /// <summary>Rows of a bulk import in one transaction.</summary>
    public abstract int ImportBatch { get; }

    /// <param name="log">Is told what may take long before it is done.</param>
    /// <returns>How many migrations were applied.</returns>
    public abstract Task<int> OpenAsync(ILogger log, CancellationToken cancel);

    public abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancel);

    public abstract Task<T> WriteAsync<T>(Func<Session, Task<T>> write, CancellationToken cancel);

    /// <returns>Null: another process has it.</returns>
    public abstract Task<NodeLock?> TryLockAsync(bool shared, CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    public async Task<T> ExplainAsync<T>(Func<Task<T>> work)
    {
        try { return await work(); }
        catch (DbException e) { throw Explain(e); }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or TimeoutException) { throw Explain(e); }
    }

    protected abstract StorageException Explain(Exception error);
}
