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

    /// <summary>SQLite: how many writes may wait; more callers wait for a place. Default 4,096.</summary>
    public int WriteQueue { get; set; } = 4096;

    /// <summary>SQLite: how many readers at once; more wait. Default 8.</summary>
    public int Readers { get; set; } = 8;

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
