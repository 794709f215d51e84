using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using static SQLitePCL.raw;

namespace Carillon.Storage;

/// <summary>An SQLite file: one writer, some readers, write-ahead log.</summary>
sealed class SqliteEngine : Engine
{
    readonly StorageOptions _options;
    readonly TimeProvider _time;
    readonly string _connectionString;
    readonly string _file;
    readonly ConcurrentBag<SqliteConnection> _readers = [];
    readonly SemaphoreSlim _places;
    SqliteWriter? _writer;

    public SqliteEngine(StorageOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        // Connections are kept open here; the provider's own pool would keep the file open after we have closed.
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        (_connectionString, _file) = (builder.ConnectionString, Path.GetFullPath(builder.DataSource));
        _places = new(options.Readers);
    }

    public override string Where => $"The database file {_file}";

    // Small, because everybody else's writes wait for it.
    public override int ImportBatch => 5_000;

    public override async Task<int> OpenAsync(ILogger log, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var connection = Connect("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
        try
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            var applied = await Migrator.ApplyAsync(new(connection, transaction, Dialect.Sqlite, cancel), Where, _time, log);
            await transaction.CommitAsync(cancel);
            _writer = new(connection, _options.WriteQueue, _time);
            return applied;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // SQLite works on the caller's thread; a grain's turn or a request must not be that thread.
    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancel) => Task.Run(async () =>
    {
        await _places.WaitAsync(cancel);
        try
        {
            if (!_readers.TryTake(out var connection)) connection = Connect("PRAGMA query_only = ON");
            try
            {
                // Its statements know of no token, and take a processor for as long as they run.
                await using var ending = cancel.Register(() => sqlite3_interrupt(connection.Handle!));
                return await read(new(connection, null, Dialect.Sqlite, cancel));
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SQLITE_INTERRUPT)
            {
                throw new OperationCanceledException(e.Message, e, cancel);
            }
            finally { _readers.Add(connection); }
        }
        finally { _places.Release(); }
    }, cancel);

    public override Task<T> WriteAsync<T>(Func<Session, Task<T>> write, CancellationToken cancel) => _writer!.WriteAsync(write, cancel);

    public override Task<NodeLock?> TryLockAsync(bool shared, CancellationToken cancel) => Task.FromResult<NodeLock?>(SqliteNodeLock.TryTake(_file));

    public override async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync();
        while (_readers.TryTake(out var reader)) await reader.DisposeAsync();
        _places.Dispose();
    }

    protected override StorageException Explain(Exception error) => error is SqliteException e ? e.SqliteErrorCode switch
    {
        SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH => Unwritable(e),
        SQLITE_FULL => new($"{Where} cannot grow: the disk is full. Free some space.", e) { IsTransient = true },
        SQLITE_NOTADB => new($"{Where} is not a database of ours. Name another file, or move this one away.", e),
        SQLITE_CORRUPT => new($"{Where} is damaged. Restore a backup.", e),
        SQLITE_BUSY or SQLITE_LOCKED => new($"{Where} is held by another process. End it, or use PostgreSQL to run several.", e) { IsTransient = true },
        _ => new($"{Where}: {e.Message}", e),
    } : Unwritable(error);

    StorageException Unwritable(Exception e) =>
        new($"{Where} cannot be opened for writing. Let this user write to the folder {Path.GetDirectoryName(_file)}, or name another one.", e);

    SqliteConnection Connect(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
