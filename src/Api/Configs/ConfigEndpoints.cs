using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Problems;
using Carillon.Config;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Configs;

/// <summary>Create, list, get, edit and delete, the same for every kind of config.</summary>
static class ConfigEndpoints
{
    /// <param name="path">The resource's name in the address, such as <c>campaigns</c>.</param>
    /// <param name="change">The least role that may change what is theirs; supervisors may read.</param>
    /// <returns>The resource's own group, for what else it can do.</returns>
    public static RouteGroupBuilder MapConfigs<T, TRules>(this RouteGroupBuilder api, string path, Role change) where T : class where TRules : ConfigRules<T>
    {
        var noun = path[..^1];
        var group = api.MapGroup(path).WithTags(char.ToUpperInvariant(path[0]) + path[1..]);
        group.MapGet("/", List<T, TRules>).For(Role.Supervisor).WithSummary($"All {path} that the caller may see");
        group.MapGet("/{id}", Get<T, TRules>).For(Role.Supervisor).WithSummary($"One {noun}, with its ETag")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", Create<T, TRules>).For(change).WithSummary($"Make a {noun}")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{id}", Edit<T, TRules>).For(change).WithSummary($"Change a {noun}; If-Match guards it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        group.MapDelete("/{id}", Delete<T, TRules>).For(change).WithSummary($"Delete a {noun} that nothing uses")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        return group;
    }

    static async Task<Ok<IReadOnlyList<Stored<T>>>> List<T, TRules>(Caller caller, ConfigStore<T> store, TRules rules, CancellationToken cancel)
        where T : class where TRules : ConfigRules<T>
    {
        IReadOnlyList<Stored<T>> all = await store.ListAsync(caller.IsAdministrator || !rules.HasGroup ? null : caller.Groups, cancel);
        return TypedResults.Ok(all);
    }

    static async Task<Ok<Stored<T>>> Get<T, TRules>(string id, Caller caller, ConfigStore<T> store, TRules rules, HttpResponse response, CancellationToken cancel)
        where T : class where TRules : ConfigRules<T>
    {
        var stored = await store.Visible(rules, caller, id, cancel);
        response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<Created<Stored<T>>> Create<T, TRules>(
        T config, Caller caller, ConfigStore<T> store, TRules rules, AuditLog audit, TimeProvider time, HttpContext http, CancellationToken cancel)
        where T : class where TRules : ConfigRules<T>
    {
        config = rules.Complete(config, null);
        await rules.Verify(config, null, caller, cancel);
        var result = await store.InsertAsync(rules.NewId(config, time.GetUtcNow()), config, cancel);
        var stored = Written(result, rules, config);
        await audit.Changed(caller, rules.Noun, stored.Id, null, config);
        await rules.Changed(stored.Id, null, config);
        http.Response.SetETag(stored.Version);
        return TypedResults.Created($"{http.Request.Path.Value!.TrimEnd('/')}/{Uri.EscapeDataString(stored.Id)}", stored);
    }

    static async Task<Ok<Stored<T>>> Edit<T, TRules>(
        string id, T config, Caller caller, ConfigStore<T> store, TRules rules, AuditLog audit, HttpContext http, CancellationToken cancel)
        where T : class where TRules : ConfigRules<T>
    {
        var version = http.Request.IfMatch(required: true);
        var before = await store.Visible(rules, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale(rules);
        config = rules.Complete(config, before.Config);
        await rules.Verify(config, before.Config, caller, cancel);
        // The version that was checked is the one that is replaced, also for If-Match: *.
        var stored = Written(await store.UpdateAsync(before.Id, config, before.Version, cancel), rules, config);
        await audit.Changed(caller, rules.Noun, stored.Id, before.Config, config);
        await rules.Changed(stored.Id, before.Config, config);
        http.Response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<NoContent> Delete<T, TRules>(
        string id, Caller caller, ConfigStore<T> store, TRules rules, AuditLog audit, HttpRequest request, CancellationToken cancel)
        where T : class where TRules : ConfigRules<T>
    {
        var version = request.IfMatch(required: false);
        var before = await store.Visible(rules, caller, id, cancel);
        if (version is { } seen && seen != before.Version) throw Stale(rules);
        if (await rules.UsedBy(before.Id, cancel) is { Count: > 0 } users)
            throw Refusal.Conflict($"The {rules.Noun} {rules.NameOf(before.Config)} is used by {string.Join(", ", users.Take(10))}{(users.Count > 10 ? $" and {users.Count - 10} more" : "")}.");
        Written(await store.DeleteAsync(before.Id, before.Version, cancel), rules, before.Config);
        await audit.Changed(caller, rules.Noun, before.Id, before.Config, null);
        await rules.Changed(before.Id, before.Config, null);
        return TypedResults.NoContent();
    }

    /// <exception cref="Refusal">404, also for what is there but not the caller's to see.</exception>
    public static async Task<Stored<T>> Visible<T>(this ConfigStore<T> store, ConfigRules<T> rules, Caller caller, string id, CancellationToken cancel) where T : class
    {
        // Routing leaves an encoded slash alone, and ids of agents have one.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var stored = await store.GetAsync(id, cancel);
        return stored is not null && rules.MaySee(caller, stored.Config) ? stored : throw Refusal.NotFound(rules.Noun, id);
    }

    static async Task Verify<T>(this ConfigRules<T> rules, T config, T? before, Caller caller, CancellationToken cancel) where T : class
    {
        var errors = new FieldErrors();
        errors.Text(rules.NameOf(config), rules.NameField);
        if (rules.HasGroup && !caller.Owns(rules.GroupOf(config))) errors.Add("group", "Name a group of yours: what has none is for administrators.");
        await rules.Check(config, before, caller, errors, cancel);
        errors.ThrowIfAny();
    }

    static Stored<T> Written<T>(ConfigResult<T> result, ConfigRules<T> rules, T config) where T : class => result.Outcome switch
    {
        ConfigOutcome.Written => result.Stored!,
        ConfigOutcome.NameTaken => throw Refusal.Conflict($"There is a {rules.Noun} {rules.NameOf(config)} already.", rules.NameField),
        ConfigOutcome.NotFound => throw Refusal.Conflict($"The {rules.Noun} {rules.NameOf(config)} was deleted by somebody else."),
        _ => throw Stale(rules),
    };

    static Refusal Stale<T>(ConfigRules<T> rules) where T : class =>
        Refusal.PreconditionFailed($"The {rules.Noun} was changed since it was read; read it again and repeat the change.");
}
