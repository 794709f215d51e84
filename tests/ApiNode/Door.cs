using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Api.Tests;

/// <summary>
/// The API on Kestrel once for many nodes of this process: each request is served by the node that it names, with that node's store and grains. What endpoints
/// run is compiled as they are mapped, most of a second of a processor each time; of hundreds of tests each has a node, and hardly any is about HTTP.
/// </summary>
sealed class Door : TestNode
{
    const string Named = "Test-Node";

    static readonly Lazy<Task<Door>> Only = new(Open);

    readonly ConcurrentDictionary<string, IServiceProvider> _nodes = new();

    public static Task<Door> Shared => Only.Value;

    static async Task<Door> Open()
    {
        var door = new Door();
        await door.InitializeAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => door.DisposeAsync().Wait();
        return door;
    }

    /// <returns>A header that names the node.</returns>
    public (string Name, string Value) LeadTo(IServiceProvider node)
    {
        var name = Guid.NewGuid().ToString("N");
        _nodes[name] = node;
        return (Named, name);
    }

    public void Forget((string Name, string Value) header) => _nodes.TryRemove(header.Value, out _);

    protected override void Use(WebApplication app) => app.Use(async (http, next) =>
    {
        await using var scope = _nodes[http.Request.Headers[Named]!].CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        await next(http);
    });
}
