using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Idempotency;
using Carillon.Config;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Users;

static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", List).For(Role.Supervisor).WithSummary("All users that the caller may see");
        users.MapGet("/{id}", Get).For(Role.Supervisor).WithSummary("One user, with its ETag").ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPost("/", Create).For(Role.Supervisor).WithMetadata(new SecretBody()).WithSummary("Make a user").ProducesProblem(StatusCodes.Status409Conflict);
        users.MapPut("/{id}", Edit).For(Role.Supervisor).WithSummary("Change a user; If-Match guards it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        users.MapPut("/{id}/password", GivePassword).For(Role.Supervisor).WithSummary("Give a user a new password, to be changed at the next sign-in; ends a lock and all sessions")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapDelete("/{id}", Delete).For(Role.Supervisor).WithSummary("Delete a user and their keys")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<Ok<IReadOnlyList<Stored<UserConfig>>>> List(Caller caller, UserDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(caller, cancel));

    static async Task<Ok<Stored<UserConfig>>> Get(string id, Caller caller, UserDesk desk, HttpResponse response, CancellationToken cancel)
    {
        var user = await desk.Get(caller, id, cancel);
        response.SetETag(user.Version);
        return TypedResults.Ok(user);
    }

    static async Task<Created<Stored<UserConfig>>> Create(NewUser body, Caller caller, UserDesk desk, HttpResponse response, CancellationToken cancel)
    {
        var stored = await desk.Create(caller, body, cancel);
        response.SetETag(stored.Version);
        return TypedResults.Created($"/api/v1/users/{stored.Id}", stored);
    }

    static async Task<Ok<Stored<UserConfig>>> Edit(string id, UserConfig config, Caller caller, UserDesk desk, HttpContext http, CancellationToken cancel)
    {
        var stored = await desk.Edit(caller, id, config, http.Request.IfMatch(required: true), cancel);
        http.Response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<NoContent> GivePassword(string id, GivenPassword body, Caller caller, UserDesk desk, CancellationToken cancel)
    {
        await desk.GivePassword(caller, id, body.Password, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Delete(string id, Caller caller, UserDesk desk, HttpRequest request, CancellationToken cancel)
    {
        await desk.Delete(caller, id, request.IfMatch(required: false), cancel);
        return TypedResults.NoContent();
    }
}
