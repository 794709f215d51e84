namespace Carillon.Storage;

/// <summary>The keys that session cookies are made with, as XML; the same for all nodes.</summary>
public sealed class ProtectionKeyStore(Database database)
{
    public Task<List<string>> ListAsync(CancellationToken cancel = default) =>
        database.ReadAsync(s => s.QueryAsync<string>("SELECT xml FROM protection_keys ORDER BY number"), cancel);

    /// <param name="xml">A key, or a word about keys.</param>
    /// <param name="unlessSince">Not if another was stored after this time. Null: in any case.</param>
    /// <returns>Whether it was stored.</returns>
    public Task<bool> AddAsync(string xml, DateTimeOffset? unlessSince, CancellationToken cancel = default) => database.WriteAsync(async s => await s.ExecuteAsync("""
        INSERT INTO protection_keys (number, xml, stored_at)
        SELECT (SELECT COALESCE(max(number), 0) + 1 FROM protection_keys), @xml, @Now
        WHERE NOT EXISTS (SELECT 1 FROM protection_keys WHERE stored_at > @Since)
        """, new { xml, database.Now, Since = unlessSince ?? DateTimeOffset.MaxValue }) > 0, cancel);
}
