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
