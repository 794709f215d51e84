using System.Data.Common;

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

    /// <summary>Default null: told from the connection string.</summary>
    public StorageProvider? Provider { get; set; }

    /// <summary>
    /// Call records are removed once they are so old. Default null: they are kept. At least 40 days: rules of how often a number may be called look back over 31, and
    /// the law on abandoned calls over 30.
    /// </summary>
    public TimeSpan? KeepCallRecords { get; set; }

    /// <summary>SQLite: how many writes may wait; more callers wait for a place. Default 4,096.</summary>
    public int WriteQueue { get; set; } = 4096;

    /// <summary>SQLite: how many readers at once; more wait. Default 8.</summary>
    public int Readers { get; set; } = 8;

    /// <summary>All that is wrong, each with its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (KeepCallRecords < TimeSpan.FromDays(40)) yield return $"Storage:KeepCallRecords must be at least 40 days (40.00:00:00), or left out to keep them for ever; it is {KeepCallRecords}.";
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
