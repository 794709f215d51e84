using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Users;

/// <param name="Password">What they sign in with first, and then have to change. Null: no sign-in by password, only API keys.</param>
sealed record NewUser(UserConfig Config, string? Password = null);

sealed record GivenPassword(string Password);

/// <summary>Users, for whoever may see and change them. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class UserDesk(UserStore users, UserRules rules, Passwords passwords, AuditLog audit, TimeProvider time)
{
    public async Task<IReadOnlyList<Stored<UserConfig>>> List(Caller caller, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        return [.. (await users.ListAsync(cancel)).Where(u => caller.Sees(u.Config))];
    }

    public Task<Stored<UserConfig>> Get(Caller caller, string id, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        return Visible(caller, id, cancel);
    }

    public async Task<Stored<UserConfig>> Create(Caller caller, NewUser body, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        var config = body.Config with { MustChangePassword = body.Password is not null };
        var errors = await rules.Check(config, caller, "config.", cancel);
        if (body.Password is not null) passwords.Check(body.Password, config.Login, "password", errors);
        errors.ThrowIfAny();
        var hash = body.Password is null ? null : passwords.Hash(body.Password);
        var result = await users.InsertAsync(SortableId.New(time.GetUtcNow()), config, hash, Passwords.NewStamp(), cancel);
        var stored = Written(result, config);
        await audit.Changed(caller, "user", stored.Id, null, config);
        return stored;
    }

    /// <param name="version">The version that the change is based on; null: whatever there is.</param>
    /// <param name="password">A new one, as by <see cref="GivePassword"/>; null: that of before.</param>
    public async Task<Stored<UserConfig>> Edit(Caller caller, string id, UserConfig config, long? version, CancellationToken cancel, string? password = null)
    {
        caller.Needs(Role.Supervisor);
        var before = await Owned(caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        // Whether a password has to be changed is not for a form to say.
        config = config with { MustChangePassword = password is null ? before.Config.MustChangePassword : id != caller.UserId };
        var errors = await rules.Check(config, caller, "", cancel);
        if (password is not null) passwords.Check(password, config.Login, "password", errors);
        errors.ThrowIfAny();
        if (config.Role != Role.Administrator || config.Disabled) await rules.KeepAnAdministrator(before, cancel);
        var hash = password is null ? null : passwords.Hash(password);
        var stored = Written(await users.UpdateAsync(id, config, before.Version, hash, Passwords.NewStamp(), cancel), config);
        await audit.Changed(caller, "user", id, before.Config, config);
        if (password is not null) await audit.Done(caller, "give-password", "user", id);
        return stored;
    }

    /// <summary>To be changed at the next sign-in; ends a lock and all sessions.</summary>
    public async Task GivePassword(Caller caller, string id, string password, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        var user = await Owned(caller, id, cancel);
        var errors = new FieldErrors();
        passwords.Check(password, user.Config.Login, "password", errors);
        errors.ThrowIfAny();
        await users.SetPasswordAsync(id, passwords.Hash(password), Passwords.NewStamp(), mustChange: id != caller.UserId, cancel);
        await audit.Done(caller, "give-password", "user", id);
    }

    public async Task Delete(Caller caller, string id, long? version, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        var before = await Owned(caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        if (id == caller.UserId) throw Refusal.Conflict("Nobody deletes their own user.");
        await rules.KeepAnAdministrator(before, cancel);
        Written(await users.DeleteAsync(id, before.Version, cancel), before.Config);
        await audit.Changed(caller, "user", id, before.Config, null);
    }

    async Task<Stored<UserConfig>> Visible(Caller caller, string id, CancellationToken cancel)
    {
        var user = await users.GetAsync(id, cancel);
        return user is not null && caller.Sees(user.User.Config) ? user.User : throw Refusal.NotFound("user", id);
    }

    async Task<Stored<UserConfig>> Owned(Caller caller, string id, CancellationToken cancel)
    {
        var user = await Visible(caller, id, cancel);
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
