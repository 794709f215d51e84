using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Carillon.Storage;

/// <summary>Brings a database to this program's version. The caller holds a lock that keeps other migrators out, and commits.</summary>
static class Migrator
{
    /// <param name="ForPostgres">An SQLite file has no use for it, and only notes its number.</param>
    sealed record Migration(int Version, string Name, string Sql, bool ForPostgres);

    const string Versions = "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)";

    static readonly Migration[] All = Load();

    /// <summary>All of it for psql: what makes of an empty PostgreSQL database one of this version, in one transaction.</summary>
    public static string Script()
    {
        var script = new StringBuilder("BEGIN;\n").Append(Versions).Append(";\n");
        foreach (var migration in All)
        {
            script.Append(CultureInfo.InvariantCulture, $"\n-- {migration.Version:0000} {migration.Name}\n").Append(Dialect.Postgres.Translate(migration.Sql).TrimEnd())
                .Append(CultureInfo.InvariantCulture, $"\nINSERT INTO schema_version (version, name, applied_at) VALUES ({migration.Version}, '{migration.Name}', (extract(epoch FROM now()) * 1000000)::bigint);\n");
        }
        return script.Append("COMMIT;\n").ToString();
    }

    /// <returns>How many were applied.</returns>
    /// <exception cref="StorageException">The database was written by a newer program.</exception>
    public static async Task<int> ApplyAsync(Session session, string where, TimeProvider time, ILogger log)
    {
        await session.ExecuteAsync(Versions);
        var version = await session.FirstAsync<int?>("SELECT max(version) FROM schema_version") ?? 0;
        if (version > All[^1].Version)
        {
            throw new StorageException(
                $"{where} has version {version}, but this program knows versions up to {All[^1].Version}. Start the newer program that made it, or restore a backup from before the upgrade.");
        }
        var pending = All.Where(m => m.Version > version).ToArray();
        foreach (var migration in pending)
        {
            if (version > 0) log.Migrates(migration.Version, migration.Name, where);
            if (!migration.ForPostgres || session.Connection is Npgsql.NpgsqlConnection) await session.ExecuteAsync(migration.Sql);
            await session.ExecuteAsync(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (@Version, @Name, @At)", new { migration.Version, migration.Name, At = time.GetUtcNow() });
        }
        return pending.Length;
    }

    static Migration[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Select(Parse).OrderBy(m => m.Version)];

        Migration Parse(string file)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            return new(int.Parse(file.AsSpan(0, 4), provider: null), file[5..^4].Split('.')[0], reader.ReadToEnd(), file.EndsWith(".postgres.sql", StringComparison.Ordinal));
        }
    }
}
