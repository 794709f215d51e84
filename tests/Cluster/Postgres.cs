using System.Net;
using System.Net.Sockets;
using Carillon.TestKit;
using Npgsql;

namespace Carillon.Cluster.Tests;

/// <summary>The PostgreSQL of this test run: the one that the environment names, else a private one.</summary>
public sealed class Postgres : IAsyncLifetime
{
    const string Variable = "CARILLON_TEST_POSTGRES";

    PrivatePostgres? _own;
    string _server = "";

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } given) _server = given;
        else _server = (_own = await PrivatePostgres.StartAsync("fsync=off")).ConnectionString();
    }

    public async Task DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
    }

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> NewDatabase()
    {
        var name = "cluster_" + Guid.NewGuid().ToString("N");
        await Run($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_server) { Database = name, MaxPoolSize = 30 }.ConnectionString;
    }

    /// <summary>Where the server of a connection string listens.</summary>
    public static EndPoint EndPoint(string storage)
    {
        var settings = new NpgsqlConnectionStringBuilder(storage);
        return settings.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}") : new IPEndPoint(IPAddress.Parse(settings.Host), settings.Port);
    }

    public Task Drop(string database) => Run($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");

    async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<Postgres>
{
    public const string Name = "postgres";
}
