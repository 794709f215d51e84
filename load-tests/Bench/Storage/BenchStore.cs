using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Carillon.Bench.Storage;

/// <summary>A database of the bench's own, as durable as in production, removed afterwards.</summary>
sealed class BenchStore : IAsyncDisposable
{
    // What a machine that others use is slow at is still done, and measured as it is.
    const string BusyMachine = ";Command Timeout=1200";

    readonly OwnFolder? _folder;
    readonly PrivatePostgres? _server;

    BenchStore(string name, string connectionString, OwnFolder? folder, PrivatePostgres? server)
    {
        (Name, _folder, _server) = (name, folder, server);
        ConnectionString = connectionString;
        Database = new(Options.Create(new StorageOptions { ConnectionString = connectionString }), TimeProvider.System);
    }

    public string Name { get; }
    public string ConnectionString { get; }
    public Database Database { get; }

    /// <param name="data">Folder in which it lies; null: that of temporary files.</param>
    public static BenchStore Sqlite(string? data)
    {
        var folder = OwnFolder.Make("carillon-bench-", data);
        return new("sqlite", $"Data Source={Path.Combine(folder, "bench.db")}", folder, null);
    }

    /// <param name="data">Folder in which it lies; null: that of temporary files.</param>
    /// <returns>Null: this machine has no PostgreSQL.</returns>
    public static async Task<BenchStore?> PostgresAsync(string? data)
    {
        if (PrivatePostgres.FindPrograms() is null)
        {
            Console.Error.WriteLine("PostgreSQL's initdb was not found: only SQLite is measured.");
            return null;
        }
        var folder = data is null ? null : OwnFolder.Make("carillon-bench-", data);
        try
        {
            var server = await PrivatePostgres.StartInAsync(folder?.Path, "shared_buffers=256MB", "max_wal_size=2GB");
            return new("postgres", server.ConnectionString() + BusyMachine, folder, server);
        }
        catch (InvalidOperationException e) when (folder is not null)
        {
            folder.Dispose();
            throw new NodeRefused($"PostgreSQL does not start on {data}: its user must be able to reach that folder. {e.Message}");
        }
    }

    /// <summary>Measures on PostgreSQL, if this machine has one, and then on SQLite.</summary>
    public static async Task EachAsync(string? data, Func<BenchStore, Task> measure)
    {
        if (await PostgresAsync(data) is { } postgres)
        {
            await using (postgres) await measure(postgres);
        }
        await using var sqlite = Sqlite(data);
        await measure(sqlite);
    }

    /// <summary>Makes a further, empty database on the same PostgreSQL server.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> AnotherAsync(string database)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await create.ExecuteNonQueryAsync();
        return _server!.ConnectionString(database);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _folder?.Dispose();
    }
}
