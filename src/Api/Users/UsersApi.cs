using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Users;

/// <param name="Password">What they sign in with first, and then have to change. Null: no sign-in by password, only API keys.</param>
sealed record NewUser(UserConfig Config, string? Password = null);

sealed record GivenPassword(string Password);

static class UsersApi
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", List).For(Role.Supervisor).WithSummary("All users that the caller may see");
        users.MapGet("/{id}", Get).For(Role.Supervisor).WithSummary("One user, with its ETag").ProducesProblem(StatusCodes.Status404NotFound);
        users.MapPost("/", Create).For(Role.Supervisor).WithSummary("Make a user").ProducesProblem(StatusCodes.Status409Conflict);
        users.MapPut("/{id}", Edit).For(Role.Supervisor).WithSummary("Change a user; If-Match guards it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        users.MapPut("/{id}/password", GivePassword).For(Role.Supervisor).WithSummary("Give a user a new password, to be changed at the next sign-in; ends a lock and all sessions")
            .ProducesProblem(StatusCodes.Status404NotFound);
        users.MapDelete("/{id}", Delete).For(Role.Supervisor).WithSummary("Delete a user and their keys")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<Ok<IReadOnlyList<Stored<UserConfig>>>> List(Caller caller, UserStore users, CancellationToken cancel)
    {
        IReadOnlyList<Stored<UserConfig>> seen = [.. (await users.ListAsync(cancel)).Where(u => caller.Sees(u.Config))];
        return TypedResults.Ok(seen);
    }

    static async Task<Ok<Stored<UserConfig>>> Get(string id, Caller caller, UserStore users, HttpResponse response, CancellationToken cancel)
    {
        var user = await Visible(users, caller, id, cancel);
        response.SetETag(user.Version);
        return TypedResults.Ok(user);
    }

    static async Task<Created<Stored<UserConfig>>> Create(
        NewUser body, Caller caller, UserStore users, UserRules rules, Passwords passwords, AuditLog audit, TimeProvider time, HttpResponse response, CancellationToken cancel)
    {
        var config = body.Config with { MustChangePassword = body.Password is not null };
        var errors = await rules.Check(config, caller, "config.", cancel);
        if (body.Password is not null) passwords.Check(body.Password, config.Login, "password", errors);
        errors.ThrowIfAny();
        var hash = body.Password is null ? null : passwords.Hash(body.Password);
        var result = await users.InsertAsync(SortableId.New(time.GetUtcNow()), config, hash, Passwords.NewStamp(), cancel);
        var stored = Written(result, config);
        await audit.Changed(caller, "user", stored.Id, null, config);
        response.SetETag(stored.Version);
        return TypedResults.Created($"/api/v1/users/{stored.Id}", stored);
    }

    static async Task<Ok<Stored<UserConfig>>> Edit(
        string id, UserConfig config, Caller caller, UserStore users, UserRules rules, AuditLog audit, HttpContext http, CancellationToken cancel)
    {
        var version = http.Request.IfMatch(required: true);
        var before = await Owned(users, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        // Whether a password has to be changed is not for a form to say.
        config = config with { MustChangePassword = before.Config.MustChangePassword };
        (await rules.Check(config, caller, "", cancel)).ThrowIfAny();
        if (config.Role != Role.Administrator || config.Disabled) await rules.KeepAnAdministrator(before, cancel);
        var stored = Written(await users.UpdateAsync(id, config, before.Version, cancel), config);
        await audit.Changed(caller, "user", id, before.Config, config);
        http.Response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<NoContent> GivePassword(
        string id, GivenPassword body, Caller caller, UserStore users, Passwords passwords, AuditLog audit, CancellationToken cancel)
    {
        var user = await Owned(users, caller, id, cancel);
        var errors = new FieldErrors();
        passwords.Check(body.Password, user.Config.Login, "password", errors);
        errors.ThrowIfAny();
        await users.SetPasswordAsync(id, passwords.Hash(body.Password), Passwords.NewStamp(), mustChange: id != caller.UserId, cancel);
        await audit.Done(caller, "give-password", "user", id);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Delete(string id, Caller caller, UserStore users, UserRules rules, AuditLog audit, HttpRequest request, CancellationToken cancel)
    {
        var version = request.IfMatch(required: false);
        var before = await Owned(users, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        if (id == caller.UserId) throw Refusal.Conflict("Nobody deletes their own user.");
        await rules.KeepAnAdministrator(before, cancel);
        Written(await users.DeleteAsync(id, before.Version, cancel), before.Config);
        await audit.Changed(caller, "user", id, before.Config, null);
        return TypedResults.NoContent();
    }

    static async Task<Stored<UserConfig>> Visible(UserStore users, Caller caller, string id, CancellationToken cancel)
    {
        var user = await users.GetAsync(id, cancel);
        return user is not null && caller.Sees(user.User.Config) ? user.User : throw Refusal.NotFound("user", id);
    }

    static async Task<Stored<UserConfig>> Owned(UserStore users, Caller caller, string id, CancellationToken cancel)
    {
        var user = await Visible(users, caller, id, cancel);
        return caller.Owns(user.Config) ? user : throw Refusal.Forbidden("A supervisor changes operators of their own groups only.");
    }

    static Stored<UserConfig> Written(ConfigResult<UserConfig> result, UserConfig config) => result.Outcome switch
    {
        ConfigOutcome.Written => result.Stored!,
        ConfigOutcome.NameTaken => throw Refusal.Conflict($"There is a user {config.Login} already.", "login"),
        ConfigOutcome.NotFound => throw Refusal.Conflict($"The user {config.Login} was deleted by somebody else."),
        _ => throw Stale(),
    };

    static Refusal Stale() => Refusal.PreconditionFailed("The user was changed since it was read; read it again and repeat the change.");
}
