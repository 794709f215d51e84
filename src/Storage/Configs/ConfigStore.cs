using Carillon.Config;

namespace Carillon.Storage;

public enum ConfigOutcome
{
    Written,
    /// <summary>Another one of this kind has that name (without regard to case), or that id.</summary>
    NameTaken,
    NotFound,
    /// <summary>It was changed since the version that the caller saw.</summary>
    Conflict,
}

/// <summary>What became of a write. <see cref="Stored"/>: as it is now, if written; as it stands in the way, if in conflict.</summary>
public sealed record ConfigResult<T>(ConfigOutcome Outcome, Stored<T>? Stored = null)
{
    public bool IsWritten => Outcome == ConfigOutcome.Written;
}

/// <summary>The configs of one kind. Names are unique within a kind, without regard to case.</summary>
public sealed class ConfigStore<T>(Database database, ConfigKind<T> kind) where T : class
{
    const string Columns = "id, body, version, changed_at AS changedat";

    public Task<Stored<T>?> GetAsync(string id, CancellationToken cancel = default) => database.ReadAsync(s => GetAsync(s, id), cancel);

    /// <summary>Those of <paramref name="ids"/> that exist, in no order.</summary>
    public Task<List<Stored<T>>> GetManyAsync(IEnumerable<string> ids, CancellationToken cancel = default) => database.ReadAsync(
        async s => Read(await s.QueryAsync<Row>($"SELECT {Columns} FROM config WHERE kind = @Word AND id {{{{in:Ids}}}}", new { kind.Word, Ids = ids.ToArray() })), cancel);

    public Task<Stored<T>?> FindByNameAsync(string name, CancellationToken cancel = default) => database.ReadAsync(async s =>
        Read(await s.FirstAsync<Row>($"SELECT {Columns} FROM config WHERE kind = @Word AND name_key = @Key", new { kind.Word, Key = NameKey(name) })), cancel);

    /// <summary>All by name, or those of some groups.</summary>
    public Task<List<Stored<T>>> ListAsync(IReadOnlyCollection<string>? groups = null, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var filter = groups is null ? "" : " AND group_id {{in:Groups}}";
        return Read(await s.QueryAsync<Row>($"SELECT {Columns} FROM config WHERE kind = @Word{filter} ORDER BY name_key", new { kind.Word, Groups = groups?.ToArray() }));
    }, cancel);

    public Task<ConfigResult<T>> InsertAsync(string id, T config, CancellationToken cancel = default) => database.WriteAsync(s => InsertAsync(s, id, config), cancel);

    /// <param name="expectedVersion">The version that the change is based on; null: whatever it is.</param>
    public Task<ConfigResult<T>> UpdateAsync(string id, T config, long? expectedVersion, CancellationToken cancel = default) =>
        database.WriteAsync(s => UpdateAsync(s, id, config, expectedVersion), cancel);

    public Task<ConfigResult<T>> DeleteAsync(string id, long? expectedVersion, CancellationToken cancel = default) =>
        database.WriteAsync(s => DeleteAsync(s, id, expectedVersion), cancel);

    internal async Task<Stored<T>?> GetAsync(Session s, string id) =>
        Read(await s.FirstAsync<Row>($"SELECT {Columns} FROM config WHERE kind = @Word AND id = @id", new { kind.Word, id }));

    internal async Task<ConfigResult<T>> InsertAsync(Session s, string id, T config)
    {
        var now = database.Now;
        var changed = await s.ExecuteAsync("""
            INSERT INTO config (kind, id, name, name_key, group_id, body, version, changed_at) VALUES (@Word, @id, @Name, @Key, @Group, @Body, 1, @now)
            ON CONFLICT DO NOTHING
            """, new { kind.Word, id, Name = kind.Name(config), Key = NameKey(kind.Name(config)), Group = kind.Group(config), Body = CarillonJson.Write(config), now });
        return changed == 0 ? new(ConfigOutcome.NameTaken) : new(ConfigOutcome.Written, new(id, config, 1, now));
    }

    internal async Task<ConfigResult<T>> UpdateAsync(Session s, string id, T config, long? expectedVersion)
    {
        if (await LockAsync(s, id, expectedVersion) is { Outcome: not ConfigOutcome.Written } refused) return refused;
        var name = NameKey(kind.Name(config));
        var other = await s.FirstAsync<string>("SELECT id FROM config WHERE kind = @Word AND name_key = @name AND id <> @id", new { kind.Word, name, id });
        if (other is not null) return new(ConfigOutcome.NameTaken);
        var now = database.Now;
        var version = await s.FirstAsync<long>("""
            UPDATE config SET name = @Name, name_key = @Key, group_id = @Group, body = @Body, version = version + 1, changed_at = @now
            WHERE kind = @Word AND id = @id RETURNING version
            """, new { kind.Word, id, Name = kind.Name(config), Key = name, Group = kind.Group(config), Body = CarillonJson.Write(config), now });
        return new(ConfigOutcome.Written, new(id, config, version, now));
    }

    internal async Task<ConfigResult<T>> DeleteAsync(Session s, string id, long? expectedVersion)
    {
        var found = await LockAsync(s, id, expectedVersion);
        if (found.IsWritten) await s.ExecuteAsync("DELETE FROM config WHERE kind = @Word AND id = @id", new { kind.Word, id });
        return found;
    }

    /// <summary>The same for names that a person would call the same; SQL's own lower() knows only ASCII in SQLite.</summary>
    internal static string NameKey(string name) => name.Trim().Normalize().ToUpperInvariant();

    async Task<ConfigResult<T>> LockAsync(Session s, string id, long? expectedVersion)
    {
        var stored = Read(await s.FirstAsync<Row>($"SELECT {Columns} FROM config WHERE kind = @Word AND id = @id {{{{for update}}}}", new { kind.Word, id }));
        if (stored is null) return new(ConfigOutcome.NotFound);
        return new(expectedVersion is { } version && version != stored.Version ? ConfigOutcome.Conflict : ConfigOutcome.Written, stored);
    }

    static List<Stored<T>> Read(List<Row> rows) => rows.ConvertAll(r => Read(r)!);

    static Stored<T>? Read(Row? row) => row is null ? null : new(row.Id, CarillonJson.Read<T>(row.Body), row.Version, row.ChangedAt);

    sealed class Row
    {
        public string Id { get; init; } = "";
        public string Body { get; init; } = "";
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
    }
}
