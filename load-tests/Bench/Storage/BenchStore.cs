using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.Extensions.Options;

namespace Carillon.Bench.Storage;

/// <summary>A database of the bench's own, as durable as in production, removed afterwards.</summary>
sealed class BenchStore : IAsyncDisposable
{
    readonly string? _folder;
    readonly PrivatePostgres? _server;

    BenchStore(string name, string connectionString, string? folder, PrivatePostgres? server)
    {
        (Name, _folder, _server) = (name, folder, server);
        ConnectionString = connectionString;
        Database = new(Options.Create(new StorageOptions { ConnectionString = connectionString }), TimeProvider.System);
    }

    public string Name { get; }
    public string ConnectionString { get; }
    public Database Database { get; }

    public static BenchStore Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-bench-").FullName;
        return new("sqlite", $"Data Source={Path.Combine(folder, "bench.db")}", folder, null);
    }

    /// <returns>Null: this machine has no PostgreSQL.</returns>
    public static async Task<BenchStore?> PostgresAsync()
    {
        if (PrivatePostgres.FindPrograms() is null)
        {
            Console.Error.WriteLine("PostgreSQL's initdb was not found: only SQLite is measured.");
            return null;
        }
        var server = await PrivatePostgres.StartAsync("shared_buffers=256MB", "max_wal_size=2GB");
        return new("postgres", server.ConnectionString(), null, server);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }
}
