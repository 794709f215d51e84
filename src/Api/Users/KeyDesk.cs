using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;

namespace Carillon.Api.Users;

/// <param name="Name">For people, to tell keys apart.</param>
/// <param name="User">Whom the key acts for. Null: the caller. Another: administrators only.</param>
/// <param name="ExpiresAt">Null: never.</param>
sealed record NewKey(string Name, string? User = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Key">Shown here and never again.</param>
sealed record MadeKey(string Id, string Name, string User, string Key, DateTimeOffset? ExpiresAt);

/// <summary>API keys: one's own, for an administrator everybody's. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class KeyDesk(ApiKeyStore keys, UserStore users, AuditLog audit, TimeProvider time)
{
    public async Task<IReadOnlyList<ApiKey>> List(Caller caller, CancellationToken cancel) =>
        await keys.ListAsync(caller.IsAdministrator ? null : caller.UserId, cancel);

    public async Task<MadeKey> Create(Caller caller, NewKey body, CancellationToken cancel)
    {
        var (owner, now) = (body.User ?? caller.UserId, time.GetUtcNow());
        var errors = new FieldErrors();
        errors.Text(body.Name, "name");
        errors.AddIf(body.ExpiresAt <= now, "expiresAt", "This time has passed.");
        errors.AddIf((owner != caller.UserId && !caller.IsAdministrator) || await users.GetAsync(owner, cancel) is null, "user", $"There is no user {owner}.");
        errors.ThrowIfAny();

        var secret = KeyAuthentication.NewKey();
        var key = new ApiKey { Id = SortableId.New(now), User = owner, Name = body.Name, CreatedAt = now, ExpiresAt = body.ExpiresAt };
        await keys.InsertAsync(key, KeyAuthentication.Hash(secret), cancel);
        await audit.Done(caller, "create", "key", key.Id, new { key.Name, key.User, key.ExpiresAt });
        return new(key.Id, key.Name, key.User, secret, key.ExpiresAt);
    }

    public async Task Revoke(Caller caller, string id, CancellationToken cancel)
    {
        var key = await keys.GetAsync(id, cancel);
        if (key is null || (key.User != caller.UserId && !caller.IsAdministrator)) throw Refusal.NotFound("key", id);
        if (await keys.RevokeAsync(id, cancel)) await audit.Done(caller, "revoke", "key", id, new { key.Name, key.User });
    }
}
