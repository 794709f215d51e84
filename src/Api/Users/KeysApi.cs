using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Users;

/// <param name="Name">For people, to tell keys apart.</param>
/// <param name="User">Whom the key acts for. Null: the caller. Another: administrators only.</param>
/// <param name="ExpiresAt">Null: never.</param>
sealed record NewKey(string Name, string? User = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Key">Shown here and never again.</param>
sealed record MadeKey(string Id, string Name, string User, string Key, DateTimeOffset? ExpiresAt);

static class KeysApi
{
    public static void MapKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("/", List).For(Role.Operator).WithSummary("One's own API keys; an administrator sees all");
        keys.MapPost("/", Create).For(Role.Operator).WithSummary("Make an API key; the key itself is shown this once");
        keys.MapDelete("/{id}", Revoke).For(Role.Operator).WithSummary("Revoke an API key at once").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<IReadOnlyList<ApiKey>>> List(Caller caller, ApiKeyStore keys, CancellationToken cancel)
    {
        IReadOnlyList<ApiKey> seen = await keys.ListAsync(caller.IsAdministrator ? null : caller.UserId, cancel);
        return TypedResults.Ok(seen);
    }

    static async Task<Created<MadeKey>> Create(
        NewKey body, Caller caller, ApiKeyStore keys, UserStore users, AuditLog audit, TimeProvider time, CancellationToken cancel)
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
        return TypedResults.Created($"/api/v1/keys/{key.Id}", new MadeKey(key.Id, key.Name, key.User, secret, key.ExpiresAt));
    }

    static async Task<NoContent> Revoke(string id, Caller caller, ApiKeyStore keys, AuditLog audit, CancellationToken cancel)
    {
        var key = await keys.GetAsync(id, cancel);
        if (key is null || (key.User != caller.UserId && !caller.IsAdministrator)) throw Refusal.NotFound("key", id);
        if (await keys.RevokeAsync(id, cancel)) await audit.Done(caller, "revoke", "key", id, new { key.Name, key.User });
        return TypedResults.NoContent();
    }
}
