using Carillon.Api.Access;
using Carillon.Config;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Api.Configs;

/// <summary>Create, list, get, edit and delete, the same for every kind of config.</summary>
static class ConfigEndpoints
{
    /// <param name="path">The resource's name in the address, such as <c>campaigns</c>.</param>
    /// <param name="list">Lists them; null: all that the caller may see.</param>
    /// <returns>The resource's own group, for what else it can do.</returns>
    public static RouteGroupBuilder MapConfigs<T>(this RouteGroupBuilder api, string path, Delegate? list = null) where T : class
    {
        var change = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<ConfigRules<T>>().ChangedBy;
        var noun = path[..^1];
        var group = api.MapGroup(path).WithTags(char.ToUpperInvariant(path[0]) + path[1..]);
        group.MapGet("/", list ?? List<T>).For(Role.Supervisor).WithSummary($"All {path} that the caller may see");
        group.MapGet("/{id}", Get<T>).For(Role.Supervisor).WithSummary($"One {noun}, with its ETag")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", Create<T>).For(change).WithSummary($"Make a {noun}")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{id}", Edit<T>).For(change).WithSummary($"Change a {noun}; If-Match guards it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        group.MapDelete("/{id}", Delete<T>).For(change).WithSummary($"Delete a {noun} that nothing uses")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        return group;
    }

    static async Task<Ok<IReadOnlyList<Stored<T>>>> List<T>(Caller caller, ConfigDesk<T> desk, CancellationToken cancel) where T : class =>
        TypedResults.Ok(await desk.List(caller, cancel));

    static async Task<Ok<Stored<T>>> Get<T>(string id, Caller caller, ConfigDesk<T> desk, HttpResponse response, CancellationToken cancel) where T : class
    {
        var stored = await desk.Get(caller, id, cancel);
        response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<Created<Stored<T>>> Create<T>(T config, Caller caller, ConfigDesk<T> desk, HttpContext http, CancellationToken cancel) where T : class
    {
        var stored = await desk.Create(caller, config, cancel);
        http.Response.SetETag(stored.Version);
        return TypedResults.Created($"{http.Request.Path.Value!.TrimEnd('/')}/{Uri.EscapeDataString(stored.Id)}", stored);
    }

    static async Task<Ok<Stored<T>>> Edit<T>(string id, T config, Caller caller, ConfigDesk<T> desk, HttpContext http, CancellationToken cancel) where T : class
    {
        var stored = await desk.Edit(caller, id, config, http.Request.IfMatch(required: true), cancel);
        http.Response.SetETag(stored.Version);
        return TypedResults.Ok(stored);
    }

    static async Task<NoContent> Delete<T>(string id, Caller caller, ConfigDesk<T> desk, HttpRequest request, CancellationToken cancel) where T : class
    {
        await desk.Delete(caller, id, request.IfMatch(required: false), cancel);
        return TypedResults.NoContent();
    }
}
