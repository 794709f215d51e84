using Carillon.Bench.Load;
using Carillon.Network;
using Carillon.Silo;
using Carillon.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Bench;

/// <summary>A real node in this process, over a simulated network, and its REST API as its administrator sees it.</summary>
sealed class MeasuredNode : IAsyncDisposable
{
    readonly OwnFolder _folder;
    readonly WebApplication _node;

    MeasuredNode(OwnFolder folder, TelephoneNetwork network, WebApplication node) => (_folder, Network, _node, Api) = (folder, network, node, new(new(node.Urls.First())));

    public TelephoneNetwork Network { get; }

    public NodeApi Api { get; }

    /// <param name="data">Where its folder is made; null: among the temporary files.</param>
    /// <param name="clock">That both live by.</param>
    /// <param name="log">What is told of beside the figures.</param>
    /// <exception cref="NodeRefused">It does not start.</exception>
    public static async Task<MeasuredNode> Start(string name, NetworkConfig world, string? data, int port, TimeProvider clock, LogLevel log = LogLevel.Warning)
    {
        var folder = OwnFolder.Make(name, data);
        var network = new TelephoneNetwork(world, clock).Start();
        var node = Node.Create(["--data", folder, "--port", $"{port}"], builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("CARILLON_ADMIN_PASSWORD", LoadSetup.Password)]);
            builder.Logging.SetMinimumLevel(log);
            builder.Services.AddSingleton(clock);
        });
        try
        {
            await node.Services.GetRequiredService<Database>().OpenAsync();
            await node.StartAsync();
            var started = new MeasuredNode(folder, network, node);
            await LoadSetup.SignIn(started.Api);
            return started;
        }
        catch (Exception e)
        {
            await node.DisposeAsync();
            await network.DisposeAsync();
            folder.Dispose();
            if (StartRefused.Explain(e, new() { Port = port }) is not { } sentences) throw;
            throw new NodeRefused(string.Join('\n', sentences));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _node.StopAsync();
        await _node.DisposeAsync();
        await Network.DisposeAsync();
        _folder.Dispose();
    }
}
