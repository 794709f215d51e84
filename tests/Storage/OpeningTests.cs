using Carillon.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Carillon.Storage.Tests;

public sealed class Opening_sqlite
{
    [Fact]
    public async Task A_missing_folder_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-test-").FullName;
        await using (var database = Open($"Data Source={folder}/a/b/c.db")) await database.OpenAsync();
        Assert.True(File.Exists($"{folder}/a/b/c.db"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        // Not even root can make a folder here.
        var file = Path.GetTempFileName();
        await using var database = Open($"Data Source={file}/data/c.db");
        var error = await Assert.ThrowsAsync<StorageException>(() => database.OpenAsync());
        Assert.Contains($"{file}/data", error.Message, StringComparison.Ordinal);
        Assert.Contains("write", error.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        var file = Path.GetTempFileName();
        var text = string.Concat(Enumerable.Repeat("This is a letter to my grandmother. ", 100));
        await File.WriteAllTextAsync(file, text);
        await using var database = Open($"Data Source={file}");
        Assert.Contains("not a database", (await Assert.ThrowsAsync<StorageException>(() => database.OpenAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file));
        File.Delete(file);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Password=secret")]
    [InlineData("this is nonsense")]
    [InlineData("Host=localhost;Nonsense=secret")]
    public void A_connection_string_that_names_nothing_is_refused_without_being_repeated(string text)
    {
        var error = Assert.Throws<StorageException>(() => Open(text));
        Assert.Contains("connection string", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    internal static Database Open(string connectionString) => new(Options.Create(new StorageOptions { ConnectionString = connectionString }), TimeProvider.System);
}

[Collection(PostgresCollection.Name)]
public sealed class Opening_Postgres(PostgresServer server)
{
    [StoreFact]
    public Task A_wrong_password_is_told_without_showing_it() =>
        RefusedAsync(b => b.Password = "wrong-secret", "Correct Username and Password");

    [StoreFact]
    public Task A_missing_database_is_told() => RefusedAsync(b => b.Database = "nowhere", "CREATE DATABASE");

    [StoreFact]
    public Task An_unreachable_server_is_told() => RefusedAsync(b => (b.Host, b.Port, b.Timeout) = ("127.0.0.1", 1, 5), "cannot be reached");

    /// <summary>A command may take a second here. What holds a statement up is another transaction, as the size of a table would.</summary>
    [StoreFact]
    public Task A_migration_may_take_longer_than_a_command() => OpensLate("CREATE TABLE schema_version (version integer)", logged: null);

    [StoreFact]
    public Task A_node_waits_for_another_s_migration_longer_than_for_a_command() => OpensLate("SELECT pg_advisory_xact_lock(4855287670398283630)", logged: "Another node brings");

    async Task OpensLate(string heldUpBy, string? logged)
    {
        var store = new PostgresStore(server);
        await store.CreateAsync();
        await using var other = new NpgsqlConnection(store.ConnectionString);
        await other.OpenAsync();
        await using var holds = await other.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand(heldUpBy, other, holds)) await hold.ExecuteNonQueryAsync();
        var log = new Said();
        var impatient = new NpgsqlConnectionStringBuilder(store.ConnectionString) { CommandTimeout = 1, Options = "-c statement_timeout=1s -c lock_timeout=1s" };
        await using (var database = new Database(Options.Create(new StorageOptions { ConnectionString = impatient.ConnectionString }), TimeProvider.System, log))
        {
            var opening = database.OpenAsync();
            // Not by the connection that holds it up: within a transaction the list of sessions stays as it was first seen.
            await using var looks = new NpgsqlConnection(store.ConnectionString);
            await looks.OpenAsync();
            await Wait.Until(async () =>
            {
                await using var look = new NpgsqlCommand("SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '2 s'", looks);
                return opening.IsCompleted || await look.ExecuteScalarAsync() is true;
            });
            Assert.False(opening.IsCompleted);

            if (logged is not null) Assert.Contains(log.Lines, l => l.StartsWith(logged, StringComparison.Ordinal));
            await holds.RollbackAsync();
            await opening;
        }
        await store.DisposeAsync();
    }

    sealed class Said : ILogger<Database>
    {
        public List<string> Lines { get; } = [];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }

    async Task RefusedAsync(Action<NpgsqlConnectionStringBuilder> change, string expected)
    {
        var builder = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        change(builder);
        await using var database = Opening_sqlite.Open(builder.ConnectionString);
        var error = await Assert.ThrowsAsync<StorageException>(() => database.OpenAsync());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
