namespace Carillon.Storage;

/// <summary>A key by which a program acts for a user. The key itself is not kept, only its hash.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }
    public required string User { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

public sealed class ApiKeyStore(Database database)
{
    const string Columns = "id, user_id AS \"user\", name, created_at AS createdat, last_used_at AS lastusedat, expires_at AS expiresat, revoked_at AS revokedat";

    /// <param name="hash">SHA-256 of the key, in hex.</param>
    public Task InsertAsync(ApiKey key, string hash, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync("""
        INSERT INTO api_keys (id, user_id, name, hash, created_at, expires_at) VALUES (@Id, @User, @Name, @hash, @CreatedAt, @ExpiresAt)
        """, new { key.Id, key.User, key.Name, hash, key.CreatedAt, key.ExpiresAt }), cancel);

    /// <summary>Also finds keys that are not valid any more: see <see cref="ApiKey.IsValidAt"/>.</summary>
    public Task<ApiKey?> FindAsync(string hash, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.FirstAsync<ApiKey>($"SELECT {Columns} FROM api_keys WHERE hash = @hash", new { hash }), cancel);

    public Task<ApiKey?> GetAsync(string id, CancellationToken cancel = default) =>
        database.ReadAsync(s => s.FirstAsync<ApiKey>($"SELECT {Columns} FROM api_keys WHERE id = @id", new { id }), cancel);

    /// <param name="user">Null: of all users.</param>
    public Task<List<ApiKey>> ListAsync(string? user = null, CancellationToken cancel = default) => database.ReadAsync(s =>
        s.QueryAsync<ApiKey>($"SELECT {Columns} FROM api_keys{(user is null ? "" : " WHERE user_id = @user")} ORDER BY created_at, id", new { user }), cancel);

    /// <summary>Notes that the key was used. Call it now and then, not for every request.</summary>
    public Task TouchAsync(string id, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("UPDATE api_keys SET last_used_at = @Now WHERE id = @id", new { id, database.Now }), cancel);

    /// <returns>False: there is no such key, or it was revoked before.</returns>
    public Task<bool> RevokeAsync(string id, CancellationToken cancel = default) => database.WriteAsync(async s =>
        await s.ExecuteAsync("UPDATE api_keys SET revoked_at = @Now WHERE id = @id AND revoked_at IS NULL", new { id, database.Now }) > 0, cancel);
}
