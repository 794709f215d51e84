using Carillon.Api;
using Carillon.Hosting;
using Carillon.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>One node: store, grains and API in one process.</summary>
public static class Node
{
    /// <param name="args">As on the command line of the node.</param>
    /// <param name="configure">What a host that holds the node inside itself adds; the demo, for one.</param>
    /// <exception cref="StartRefused">Something is wrong with the arguments or the data folder.</exception>
    public static WebApplication Create(IReadOnlyList<string> args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(CommandLine.Read(args));
        builder.Logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp, o.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss.fff ", true, LoggerColorBehavior.Disabled));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Errors of the node go to stderr, in words, by Program.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        builder.Services.AddOptions<NodeOptions>().BindConfiguration("Node").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<NodeOptions>, NodeOptionsCheck>();
        var node = builder.Configuration.GetSection("Node").Get<NodeOptions>() ?? new();
        var api = builder.Configuration.GetSection("Api").Get<ApiOptions>() ?? new();
        string[] wrong = [.. new NodeOptionsCheck().Validate(null, node).Failures ?? [], .. new ApiOptionsCheck().Validate(null, api).Failures ?? []];
        if (wrong.Length > 0) throw new OptionsValidationException("Node", typeof(NodeOptions), wrong);
        var data = DataFolder.Open(node.Data);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, node));
        builder.Services.AddDataProtection().SetApplicationName("Carillon").PersistKeysToFileSystem(data.CreateSubdirectory("keys"));

        // A single node: nobody else connects to its silo, so any two free loopback ports do, and several nodes fit on one machine.
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        builder.Services.AddCarillonStorage(storage =>
        {
            storage.ConnectionString = $"Data Source={Path.Combine(data.FullName, "carillon.db")}";
            builder.Configuration.GetSection("Storage").Bind(storage);
        });
        builder.Services.AddCarillonGrains().AddCarillonApi().AddHostedService<EndByItself>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapCarillonApi();
        return app;
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static void Listen(KestrelServerOptions kestrel, NodeOptions node)
    {
        if (node.Bind == "localhost") kestrel.ListenLocalhost(node.Port);
        else kestrel.Listen(System.Net.IPAddress.Parse(node.Bind), node.Port);
    }
}
