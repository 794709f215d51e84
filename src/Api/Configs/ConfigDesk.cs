using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Api.Configs;

/// <summary>Create, list, get, edit and delete configs of one kind, for whoever may: what the API and the pages both do. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class ConfigDesk<T>(ConfigStore<T> store, ConfigRules<T> rules, AuditLog audit, TimeProvider time) where T : class
{
    /// <summary>All that the caller may see, by name.</summary>
    public async Task<IReadOnlyList<Stored<T>>> List(Caller caller, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        return await store.ListAsync(caller.IsAdministrator || !rules.HasGroup ? null : caller.Groups, cancel);
    }

    public Task<Stored<T>> Get(Caller caller, string id, CancellationToken cancel)
    {
        caller.Needs(Role.Supervisor);
        return store.Visible(rules, caller, id, cancel);
    }

    public async Task<Stored<T>> Create(Caller caller, T config, CancellationToken cancel)
    {
        caller.Needs(rules.ChangedBy);
        config = rules.Complete(config, null);
        await Verify(config, null, caller, cancel);
        var stored = Written(await store.InsertAsync(rules.NewId(config, time.GetUtcNow()), config, cancel), config);
        await audit.Changed(caller, rules.Noun, stored.Id, null, config);
        await rules.Changed(stored.Id, null, config);
        return stored;
    }

    /// <param name="version">The version that the change is based on; null: whatever there is.</param>
    public async Task<Stored<T>> Edit(Caller caller, string id, T config, long? version, CancellationToken cancel)
    {
        caller.Needs(rules.ChangedBy);
        var before = await store.Visible(rules, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        config = rules.Complete(config, before.Config);
        await Verify(config, before.Config, caller, cancel);
        // The version that was checked is the one that is replaced, also when any would do.
        var stored = Written(await store.UpdateAsync(before.Id, config, before.Version, cancel), config);
        await audit.Changed(caller, rules.Noun, stored.Id, before.Config, config);
        await rules.Changed(stored.Id, before.Config, config);
        return stored;
    }

    public async Task Delete(Caller caller, string id, long? version, CancellationToken cancel)
    {
        caller.Needs(rules.ChangedBy);
        var before = await store.Visible(rules, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale();
        if (await rules.UsedBy(before.Id, cancel) is { Count: > 0 } users)
            throw Refusal.Conflict($"The {rules.Noun} {rules.NameOf(before.Config)} is used by {string.Join(", ", users.Take(10))}{(users.Count > 10 ? $" and {users.Count - 10} more" : "")}.");
        Written(await store.DeleteAsync(before.Id, before.Version, cancel), before.Config);
        await audit.Changed(caller, rules.Noun, before.Id, before.Config, null);
        await rules.Changed(before.Id, before.Config, null);
    }

    async Task Verify(T config, T? before, Caller caller, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Text(rules.NameOf(config), rules.NameField);
        if (rules.HasGroup && !caller.Owns(rules.GroupOf(config))) errors.Add("group", "Name a group of yours: what has none is for administrators.");
        await rules.Check(config, before, caller, errors, cancel);
        errors.ThrowIfAny();
    }

    Stored<T> Written(ConfigResult<T> result, T config) => result.Outcome switch
    {
        ConfigOutcome.Written => result.Stored!,
        ConfigOutcome.NameTaken => throw Refusal.Conflict($"There is a {rules.Noun} {rules.NameOf(config)} already.", rules.NameField),
        ConfigOutcome.NotFound => throw Refusal.Conflict($"The {rules.Noun} {rules.NameOf(config)} was deleted by somebody else."),
        _ => throw Stale(),
    };

    Refusal Stale() => Refusal.PreconditionFailed($"The {rules.Noun} was changed since it was read; read it again and repeat the change.");
}

static class ConfigDesks
{
    public static IServiceCollection AddConfigs<T, TRules>(this IServiceCollection services) where T : class where TRules : ConfigRules<T> =>
        services.AddSingleton<TRules>().AddSingleton<ConfigRules<T>>(s => s.GetRequiredService<TRules>()).AddSingleton<ConfigDesk<T>>();

    /// <exception cref="Refusal">404, also for what is there but not the caller's to see.</exception>
    public static async Task<Stored<T>> Visible<T>(this ConfigStore<T> store, ConfigRules<T> rules, Caller caller, string id, CancellationToken cancel) where T : class
    {
        // Routing leaves an encoded slash alone, and ids of agents have one.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var stored = await store.GetAsync(id, cancel);
        return stored is not null && rules.MaySee(caller, stored.Config) ? stored : throw Refusal.NotFound(rules.Noun, id);
    }
}
