using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.Storage;

public enum StorageProvider { Sqlite, Postgres }

/// <summary>Where everything is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// <c>Data Source=data/carillon.db</c> for an SQLite file (its folder is made if it is missing), or <c>Host=…;Database=…;Username=…;Password=…</c>
    /// for PostgreSQL. Default: <c>Data Source=data/carillon.db</c>. Behind PgBouncer add <c>Max Auto Prepare=0</c>.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=data/carillon.db";

    /// <summary>File that <see cref="ConnectionString"/> stands in. Default null.</summary>
    public string? ConnectionStringFile { get; set; }

    /// <summary>PostgreSQL: the password, instead of one in the connection string. Default null.</summary>
    public string? Password { get; set; }

    /// <summary>File that <see cref="Password"/> stands in. Default null.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Default null: told from the connection string.</summary>
    public StorageProvider? Provider { get; set; }

    /// <summary>
    /// Call records and agents' times are removed once they are so old. Default null: they are kept. At least 40 days: rules of how often a number may be called look back over 31, and
    /// the law on abandoned calls over 30.
    /// </summary>
    public TimeSpan? KeepCallRecords { get; set; }

    /// <summary>SQLite: how many writes may wait; more callers wait for a place. Default 4,096.</summary>
    public int WriteQueue { get; set; } = 4096;

    /// <summary>SQLite: how many readers at once; more wait. Default 8.</summary>
    public int Readers { get; set; } = 8;

    /// <summary>The connection string, with the password that was given beside it.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public string WithPassword => Password is null ? ConnectionString : new NpgsqlConnectionStringBuilder(ConnectionString) { Password = Password }.ConnectionString;

    /// <summary>All that is wrong, each with its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (ConnectionProblem() is { } problem) yield return $"Storage:ConnectionString (--storage) is wrong. {problem}";
        if (KeepCallRecords < TimeSpan.FromDays(40)) yield return $"Storage:KeepCallRecords must be at least 40 days (40.00:00:00), or left out to keep them for ever; it is {KeepCallRecords}.";
        if (WriteQueue is < 1 or > 1_000_000) yield return $"Storage:WriteQueue must be from 1 to 1000000; it is {WriteQueue}.";
        if (Readers is < 1 or > 1_000) yield return $"Storage:Readers must be from 1 to 1000; it is {Readers}.";
    }

    /// <summary>In words that do not repeat it.</summary>
    string? ConnectionProblem()
    {
        try
        {
            if (FindProvider() == StorageProvider.Postgres) _ = new NpgsqlConnectionStringBuilder(ConnectionString);
            else if (Password is not null) return "It names an SQLite file, which has no Storage:Password.";
            else _ = new SqliteConnectionStringBuilder(ConnectionString);
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
        catch (ArgumentException e)
        {
            return $"The storage connection string cannot be read: {e.Message}";
        }
    }

    /// <summary>Which database it is.</summary>
    /// <exception cref="StorageException">The connection string names neither a file nor a host.</exception>
    public StorageProvider FindProvider()
    {
        if (Provider is { } chosen) return chosen;
        DbConnectionStringBuilder parts;
        try { parts = new() { ConnectionString = ConnectionString }; }
        catch (ArgumentException e) { throw new StorageException($"The storage connection string cannot be read: {e.Message}", e); }
        if (parts.ContainsKey("Host") || parts.ContainsKey("Server")) return StorageProvider.Postgres;
        if (parts.ContainsKey("Data Source") || parts.ContainsKey("DataSource") || parts.ContainsKey("Filename")) return StorageProvider.Sqlite;
        throw new StorageException("The storage connection string names no database: give Data Source=FILE for SQLite, or Host=… for PostgreSQL.");
    }
}
