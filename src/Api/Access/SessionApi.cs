using System.Collections.Immutable;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Access;

sealed record Credentials(string Login, string Password);

sealed record PasswordChange(string Current, string New);

/// <summary>Who is signed in.</summary>
sealed record SessionAnswer(string User, string Login, string? Name, Role Role, ImmutableArray<string> Groups, AgentId? Agent, bool MustChangePassword);

static class SessionApi
{
    public static void MapSession(this RouteGroupBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("/", Open).AllowAnonymous().WithSummary("Sign in with login and password; sets the session cookie")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        session.MapGet("/", Read).For(Role.Operator, withGivenPassword: true).WithSummary("Who is signed in, by cookie or by key");
        session.MapDelete("/", Close).For(Role.Operator, withGivenPassword: true).WithSummary("Sign out");
        session.MapPut("/password", ChangePassword).For(Role.Operator, withGivenPassword: true)
            .WithSummary("Change one's own password; ends all other sessions").ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    static async Task<Ok<SessionAnswer>> Open(Credentials credentials, OwnSession session, HttpContext http, CancellationToken cancel) =>
        TypedResults.Ok(Answer(await session.Open(credentials.Login, credentials.Password, http, cancel)));

    static async Task<Ok<SessionAnswer>> Read(Caller caller, UserStore users, CancellationToken cancel) =>
        TypedResults.Ok(Answer((await users.GetAsync(caller.UserId, cancel))!));

    static async Task<NoContent> Close(Caller caller, OwnSession session, HttpContext http)
    {
        await session.Close(caller, http);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> ChangePassword(PasswordChange change, Caller caller, OwnSession session, HttpContext http, CancellationToken cancel)
    {
        await session.ChangePassword(change, caller, http, cancel);
        return TypedResults.NoContent();
    }

    static SessionAnswer Answer(StoredUser user)
    {
        var config = user.User.Config;
        return new(user.User.Id, config.Login, config.Name, config.Role, config.Groups, config.Agent, config.MustChangePassword);
    }
}
