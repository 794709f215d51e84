using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Carillon.Storage;

/// <summary>
/// The database: opened, locked and migrated at its first use. Reads never wait for writes. A write is durable when its task completes; it is
/// done wholly or not at all. A write must not start another write and wait for it.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    readonly Engine _engine;
    readonly ILogger _log;
    readonly SemaphoreSlim _opening = new(1);
    volatile bool _open;

    public Database(IOptions<StorageOptions> options, TimeProvider time, ILogger<Database>? log = null)
    {
        Mapping.Register();
        Time = time;
        Tenure = new(time);
        _log = log ?? NullLogger<Database>.Instance;
        _engine = options.Value.FindProvider() == StorageProvider.Sqlite ? new SqliteEngine(options.Value, time) : new PostgresEngine(options.Value, time);
    }

    internal TimeProvider Time { get; }

    internal DateTimeOffset Now => Time.GetUtcNow();

    internal ILogger Log => _log;

    internal int ImportBatch => _engine.ImportBatch;

    /// <summary>What <see cref="OpenAsync"/> does to an empty PostgreSQL database, for psql: to be read or run before.</summary>
    public static string PostgresScript => Migrator.Script();

    /// <summary>Several nodes may use it.</summary>
    public bool IsShared => _engine is PostgresEngine;

    /// <summary>The database in words, without secrets.</summary>
    public string Where => _engine.Where;

    /// <summary>Whether this node may work on it.</summary>
    public Tenure Tenure { get; }

    /// <summary>Takes the lock of the node that works on this database. Needs no schema, and so comes before <see cref="OpenAsync"/>.</summary>
    /// <param name="shared">A node of a cluster: together with its others, and with nobody else. SQLite knows no clusters.</param>
    /// <returns>Null: another node has it.</returns>
    /// <exception cref="StorageException">The database cannot be reached.</exception>
    public Task<NodeLock?> TryLockAsync(bool shared = false, CancellationToken cancel = default) => _engine.ExplainAsync(() => _engine.TryLockAsync(shared, cancel));

    /// <summary>Opens and migrates, if that has not been done yet. Called by every read and write; call it at start to learn early what is wrong.</summary>
    /// <exception cref="StorageException">The database cannot be reached, opened or understood.</exception>
    public async Task OpenAsync(CancellationToken cancel = default)
    {
        if (_open) return;
        await _opening.WaitAsync(cancel);
        try
        {
            if (_open) return;
            var applied = await _engine.ExplainAsync(() => _engine.OpenAsync(_log, cancel));
            if (applied > 0) _log.Migrated(applied, _engine.Where);
            _open = true;
        }
        finally { _opening.Release(); }
    }

    /// <exception cref="StorageException">The database cannot be reached or is damaged.</exception>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancel = default)
    {
        await OpenAsync(cancel);
        return await StorageMetrics.ReadAsync(Time, () => _engine.ExplainAsync(() => _engine.ReadAsync(read, cancel)));
    }

    /// <summary>Whether it answers now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel = default)
    {
        try
        {
            return await ReadAsync(s => s.FirstAsync<int>("SELECT 1"), cancel) == 1;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction. It may be run again after a conflict with another writer, so it must change nothing but
    /// the database. Cancelling takes effect until it is begun; then it runs to its end.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be reached, is full or is damaged.</exception>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> write, CancellationToken cancel = default)
    {
        await OpenAsync(cancel);
        return await StorageMetrics.WriteAsync(Time, () => _engine.ExplainAsync(() => _engine.WriteAsync(write, cancel)));
    }

    /// <summary>Carries out what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _opening.Dispose();
    }
}

static partial class DatabaseLog
{
    [LoggerMessage(1, LogLevel.Information, "Applied {Count} migrations to {Database}.")]
    public static partial void Migrated(this ILogger log, int count, string database);

    [LoggerMessage(LogLevel.Information, "Another node brings {Database} up to date; this one waits for it, which may take long.")]
    public static partial void WaitsForMigrator(this ILogger log, string database);

    [LoggerMessage(LogLevel.Information, "Applies migration {Version} ({Name}) to {Database}. With millions of records that may take minutes; all of it is undone if it is broken off.")]
    public static partial void Migrates(this ILogger log, int version, string name, string database);
}
