using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Carillon.Storage.Tests;

/// <summary>An empty database of one test, removed after it.</summary>
public abstract class TestStore : IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    public abstract ValueTask CreateAsync();

    public abstract ValueTask DisposeAsync();

    public Database Open(TimeProvider time) => new(Options.Create(new StorageOptions { ConnectionString = ConnectionString }), time);
}

public sealed class SqliteStore : TestStore
{
    readonly string _folder = Directory.CreateTempSubdirectory("carillon-test-").FullName;

    public override string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "test.db") }.ConnectionString;

    public override ValueTask CreateAsync() => default;

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }
}

public sealed class PostgresStore(PostgresServer server) : TestStore
{
    readonly string _name = "test_" + Guid.NewGuid().ToString("N");

    public override string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = _name }.ConnectionString;

    public override async ValueTask CreateAsync() => await RunAsync($"CREATE DATABASE {_name}");

    public override async ValueTask DisposeAsync() => await RunAsync($"DROP DATABASE {_name} WITH (FORCE)");

    async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
