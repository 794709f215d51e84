using Carillon.Config;
using Carillon.Users;

namespace Carillon.Storage;

/// <summary>A user with what signing in needs. Never leaves the server.</summary>
public sealed record StoredUser
{
    public required Stored<UserConfig> User { get; init; }
    /// <summary>Null: cannot sign in with a password.</summary>
    public string? PasswordHash { get; init; }
    /// <summary>Changes with the password; a session that has an older one is over.</summary>
    public string SecurityStamp { get; init; } = "";
    public int FailedSignIns { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
}

/// <summary>Users and their passwords. Logins are unique without regard to case.</summary>
public sealed class UserStore(Database database, ConfigStore<UserConfig> configs)
{
    public Task<StoredUser?> GetAsync(string id, CancellationToken cancel = default) => database.ReadAsync(s => GetAsync(s, id), cancel);

    public Task<StoredUser?> FindByLoginAsync(string login, CancellationToken cancel = default) => database.ReadAsync(async s =>
        await s.FirstAsync<string>("SELECT id FROM config WHERE kind = 'user' AND name_key = @Key", new { Key = ConfigStore<UserConfig>.NameKey(login) }) is { } id
            ? await GetAsync(s, id) : null, cancel);

    public Task<List<Stored<UserConfig>>> ListAsync(CancellationToken cancel = default) => configs.ListAsync(cancel: cancel);

    public Task<ConfigResult<UserConfig>> InsertAsync(string id, UserConfig user, string? passwordHash, string securityStamp, CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            var result = await configs.InsertAsync(s, id, user);
            if (result.IsWritten) await SetSecretsAsync(s, id, passwordHash, securityStamp);
            return result;
        }, cancel);

    /// <param name="passwordHash">A new password, which also ends a lock, together with the rest or not at all. Null: that of before.</param>
    /// <param name="securityStamp">Its stamp.</param>
    public Task<ConfigResult<UserConfig>> UpdateAsync(string id, UserConfig user, long? expectedVersion, string? passwordHash = null, string securityStamp = "", CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            var result = await configs.UpdateAsync(s, id, user, expectedVersion);
            if (result.IsWritten && passwordHash is not null) await SetSecretsAsync(s, id, passwordHash, securityStamp);
            return result;
        }, cancel);

    /// <summary>Takes the user's keys along.</summary>
    public Task<ConfigResult<UserConfig>> DeleteAsync(string id, long? expectedVersion, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var result = await configs.DeleteAsync(s, id, expectedVersion);
        if (result.IsWritten)
        {
            await s.ExecuteAsync("DELETE FROM user_secrets WHERE user_id = @id", new { id });
            await s.ExecuteAsync("DELETE FROM api_keys WHERE user_id = @id", new { id });
        }
        return result;
    }, cancel);

    /// <summary>A new password, which also ends a lock. <paramref name="mustChange"/>: see <see cref="UserConfig.MustChangePassword"/>.</summary>
    /// <returns>False: there is no such user.</returns>
    public Task<bool> SetPasswordAsync(string id, string passwordHash, string securityStamp, bool mustChange, CancellationToken cancel = default) =>
        database.WriteAsync(async s =>
        {
            if (await configs.GetAsync(s, id) is not { } user) return false;
            await SetSecretsAsync(s, id, passwordHash, securityStamp);
            if (user.Config.MustChangePassword != mustChange) await configs.UpdateAsync(s, id, user.Config with { MustChangePassword = mustChange }, null);
            return true;
        }, cancel);

    /// <summary>The same password hashed anew; sessions go on.</summary>
    public Task RehashAsync(string id, string passwordHash, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("UPDATE user_secrets SET password_hash = @passwordHash WHERE user_id = @id", new { id, passwordHash }), cancel);

    /// <returns>How many have failed since the last success, this one included.</returns>
    public Task<int> CountFailedSignInAsync(string id, CancellationToken cancel = default) => database.WriteAsync(s => s.FirstAsync<int>(
        "UPDATE user_secrets SET failed_sign_ins = failed_sign_ins + 1 WHERE user_id = @id RETURNING failed_sign_ins", new { id }), cancel);

    public Task LockAsync(string id, DateTimeOffset until, CancellationToken cancel = default) =>
        database.WriteAsync(s => s.ExecuteAsync("UPDATE user_secrets SET locked_until = @until WHERE user_id = @id", new { id, until }), cancel);

    /// <summary>Signed in: failures and lock are forgotten.</summary>
    public Task ForgetFailedSignInsAsync(string id, CancellationToken cancel = default) => database.WriteAsync(s => s.ExecuteAsync(
        "UPDATE user_secrets SET failed_sign_ins = 0, locked_until = NULL WHERE user_id = @id AND (failed_sign_ins > 0 OR locked_until IS NOT NULL)", new { id }), cancel);

    async Task<StoredUser?> GetAsync(Session s, string id)
    {
        if (await configs.GetAsync(s, id) is not { } user) return null;
        var secrets = await s.FirstAsync<Secrets>("""
            SELECT password_hash AS passwordhash, security_stamp AS securitystamp, failed_sign_ins AS failedsignins, locked_until AS lockeduntil
            FROM user_secrets WHERE user_id = @id
            """, new { id }) ?? new();
        return new()
        {
            User = user,
            PasswordHash = secrets.PasswordHash,
            SecurityStamp = secrets.SecurityStamp,
            FailedSignIns = secrets.FailedSignIns,
            LockedUntil = secrets.LockedUntil,
        };
    }

    static Task<int> SetSecretsAsync(Session s, string id, string? passwordHash, string securityStamp) => s.ExecuteAsync("""
        INSERT INTO user_secrets (user_id, password_hash, security_stamp, failed_sign_ins) VALUES (@id, @passwordHash, @securityStamp, 0)
        ON CONFLICT (user_id) DO UPDATE SET
            password_hash = excluded.password_hash, security_stamp = excluded.security_stamp, failed_sign_ins = 0, locked_until = NULL
        """, new { id, passwordHash, securityStamp });

    sealed class Secrets
    {
        public string? PasswordHash { get; init; }
        public string SecurityStamp { get; init; } = "";
        public int FailedSignIns { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }
}
