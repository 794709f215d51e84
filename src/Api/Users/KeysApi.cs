using Carillon.Api.Access;
using Carillon.Api.Idempotency;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Users;

static class KeysApi
{
    public static void MapKeys(this RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("/", List).For(Role.Operator).WithSummary("One's own API keys; an administrator sees all");
        keys.MapPost("/", Create).For(Role.Operator).WithMetadata(new SecretAnswer()).WithSummary("Make an API key; the key itself is shown this once");
        keys.MapDelete("/{id}", Revoke).For(Role.Operator).WithSummary("Revoke an API key at once").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<IReadOnlyList<ApiKey>>> List(Caller caller, KeyDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(caller, cancel));

    static async Task<Created<MadeKey>> Create(NewKey body, Caller caller, KeyDesk desk, CancellationToken cancel)
    {
        var made = await desk.Create(caller, body, cancel);
        return TypedResults.Created($"/api/v1/keys/{made.Id}", made);
    }

    static async Task<NoContent> Revoke(string id, Caller caller, KeyDesk desk, CancellationToken cancel)
    {
        await desk.Revoke(caller, id, cancel);
        return TypedResults.NoContent();
    }
}
