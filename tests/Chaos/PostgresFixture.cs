using Carillon.TestKit;
using Npgsql;

namespace Carillon.Chaos.Tests;

/// <summary>An empty database on the PostgreSQL that the environment names, else on a private one.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    const string Variable = "CARILLON_TEST_POSTGRES";

    PrivatePostgres? _own;

    static string? Given => Environment.GetEnvironmentVariable(Variable);

    public static string? Missing => Given is null && PrivatePostgres.FindPrograms() is null ? $"No PostgreSQL: {Variable} is not set and initdb was not found." : null;

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Missing is not null) return;
        if (Given is null) _own = await PrivatePostgres.StartAsync("fsync=off");
        var server = Given ?? _own!.ConnectionString();
        var name = $"pair_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString;
    }

    public async Task DisposeAsync()
    {
        if (_own is not null) await _own.DisposeAsync();
    }
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresFixture.Missing;
}
