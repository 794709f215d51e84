using System.Collections.Immutable;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Authentication;
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

    static async Task<Ok<SessionAnswer>> Open(Credentials credentials, SignIn signIn, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        var user = await signIn.Check(credentials.Login, credentials.Password, Caller.Address(http), cancel);
        http.User = Identities.Of(user, Sessions.SchemeName);
        await http.SignInAsync(Sessions.SchemeName, http.User);
        await audit.Done(Caller.Of(http), "sign-in", "user", user.User.Id);
        return TypedResults.Ok(Answer(user));
    }

    static async Task<Ok<SessionAnswer>> Read(Caller caller, UserStore users, CancellationToken cancel) =>
        TypedResults.Ok(Answer((await users.GetAsync(caller.UserId, cancel))!));

    static async Task<NoContent> Close(Caller caller, AuditLog audit, HttpContext http)
    {
        await http.SignOutAsync(Sessions.SchemeName);
        await audit.Done(caller, "sign-out", "user", caller.UserId);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> ChangePassword(
        PasswordChange change, Caller caller, SignIn signIn, Passwords passwords, UserStore users, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        var login = (await users.GetAsync(caller.UserId, cancel))!.User.Config.Login;
        var errors = new FieldErrors();
        passwords.Check(change.New, login, "new", errors);
        errors.AddIf(change.New == change.Current, "new", "The new password is the old one.");
        errors.ThrowIfAny();
        try
        {
            await signIn.Check(login, change.Current, caller.From, cancel);
        }
        catch (Refusal refusal) when (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            throw Refusal.Invalid("current", "The current password is wrong.");
        }
        await users.SetPasswordAsync(caller.UserId, passwords.Hash(change.New), Passwords.NewStamp(), mustChange: false, cancel);
        await audit.Done(caller, "change-password", "user", caller.UserId);
        if (http.User.Identity?.AuthenticationType == Sessions.SchemeName)
            await http.SignInAsync(Sessions.SchemeName, Identities.Of((await users.GetAsync(caller.UserId, cancel))!, Sessions.SchemeName));
        return TypedResults.NoContent();
    }

    static SessionAnswer Answer(StoredUser user)
    {
        var config = user.User.Config;
        return new(user.User.Id, config.Login, config.Name, config.Role, config.Groups, config.Agent, config.MustChangePassword);
    }
}
