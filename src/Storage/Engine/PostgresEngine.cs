using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Carillon.Storage;

/// <summary>A PostgreSQL database, shared by all nodes of a cluster.</summary>
sealed class PostgresEngine : Engine
{
    const long MigrationLock = 0x4361_7269_6C6C_6F6E;
    const int Tries = 8;

    /// <summary>What a database's owner allows statements elsewhere is not meant for those that rewrite its tables.</summary>
    const string NoLimits = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

    readonly NpgsqlDataSource _source;
    readonly NpgsqlConnectionStringBuilder _settings;
    readonly TimeProvider _time;
    readonly string _us = $"Carillon node {Guid.NewGuid():N}";

    public PostgresEngine(StorageOptions options, TimeProvider time)
    {
        _time = time;
        try { _settings = new(options.WithPassword); }
        catch (ArgumentException e) { throw new StorageException($"The storage connection string cannot be read: {e.Message}", e); }
        if (!options.ConnectionString.Replace(" ", "", StringComparison.Ordinal).Contains("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase)) _settings.MaxAutoPrepare = 100;
        _settings.ApplicationName ??= "Carillon";
        _source = NpgsqlDataSource.Create(_settings);
    }

    public override string Where => $"The PostgreSQL database {_settings.Database ?? _settings.Username} at {_settings.Host}:{_settings.Port}";

    public override int ImportBatch => 50_000;

    /// <summary>On a connection of its own: neither a migration nor the wait for another node's ends by a time that calls are measured by.</summary>
    public override async Task<int> OpenAsync(ILogger log, CancellationToken cancel)
    {
        var patient = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false, MaxAutoPrepare = 0, CommandTimeout = 0, TcpKeepAlive = true };
        await using var connection = new NpgsqlConnection(patient.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var session = new Session(connection, transaction, Dialect.Postgres, cancel);
        await session.ExecuteAsync(NoLimits);
        if (!await session.FirstAsync<bool>("SELECT pg_try_advisory_xact_lock(@Key)", new { Key = MigrationLock }))
        {
            log.WaitsForMigrator(Where);
            await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@Key)", new { Key = MigrationLock });
        }
        var applied = await Migrator.ApplyAsync(session, Where, _time, log);
        await transaction.CommitAsync(cancel);
        return applied;
    }

    public override async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        return await read(new(connection, null, Dialect.Postgres, cancel));
    }

    public override async Task<T> WriteAsync<T>(Func<Session, Task<T>> write, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { return await WriteOnceAsync(write, cancel); }
            catch (PostgresException e) when (attempt < Tries && IsRace(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5 << attempt)), _time, cancel);
            }
        }
    }

    public override async Task<NodeLock?> TryLockAsync(bool shared, CancellationToken cancel) => await PostgresNodeLock.TryTakeAsync(_settings, _us, shared, cancel);

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override StorageException Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e =>
            new($"{Where} refused user {_settings.Username}: {e.MessageText}. Correct Username and Password in the connection string.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } e =>
            new($"{Where} does not exist. Create it (CREATE DATABASE), or correct Database in the connection string.", e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e =>
            new($"{Where} does not let user {_settings.Username} do this: {e.MessageText}. Make the user the owner of the database.", e),
        _ when error.InnerException is AuthenticationException e =>
            new($"{Where} shows a certificate that is not trusted: {e.Message.TrimEnd('.')}. Name the file with the authority that signed it as Root Certificate, and the server as its certificate does as Host, in the connection string.", error),
        _ when (error.InnerException ?? error) is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
            new($"{Where}: a file that the connection string names cannot be read: {(error.InnerException ?? error).Message}", error),
        PostgresException e => new($"{Where}: {e.SqlState} {e.MessageText}", e) { IsTransient = e.IsTransient },
        _ => new($"{Where} cannot be reached: {(error.InnerException ?? error).Message}. Check Host and Port in the connection string, and that the server runs.", error) { IsTransient = true },
    };

    // A unique violation is a race too: statements step around what they can see, so the other row came in between and will be seen next time.
    static bool IsRace(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;

    async Task<T> WriteOnceAsync<T>(Func<Session, Task<T>> write, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var result = await write(new(connection, transaction, Dialect.Postgres, CancellationToken.None));
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
