using Carillon.Api;
using Carillon.Hosting;
using Carillon.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
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
        var cluster = builder.Configuration.GetSection("Cluster").Get<ClusterOptions>() ?? new();
        string[] wrong = [.. new NodeOptionsCheck().Validate(null, node).Failures ?? [], .. new ApiOptionsCheck().Validate(null, api).Failures ?? [], .. cluster.Problems(),
            .. (builder.Configuration.GetSection("Storage").Get<StorageOptions>() ?? new()).Problems()];
        if (wrong.Length > 0) throw new OptionsValidationException("Node", typeof(NodeOptions), wrong);
        var data = DataFolder.Open(node.Data);
        var certificate = NodeCertificate.Of(node);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, node, certificate));

        var storage = new StorageOptions { ConnectionString = $"Data Source={Path.Combine(data.FullName, "carillon.db")}" };
        builder.Configuration.GetSection("Storage").Bind(storage);
        if (cluster.Id is null) builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        else Join(builder, node, cluster, storage);
        builder.Services.AddCarillonStorage(o =>
        {
            o.ConnectionString = storage.ConnectionString;
            builder.Configuration.GetSection("Storage").Bind(o);
        });
        if (cluster.Roles != NodeRole.Api) builder.Services.AddCarillonGrains();
        builder.Services.AddCarillonApi().AddHostedService<EndByItself>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapCarillonApi();
        return app;
    }

    static void Join(WebApplicationBuilder builder, NodeOptions node, ClusterOptions cluster, StorageOptions storage)
    {
        if (node.Standby) throw new StartRefused("Node:Standby (--standby) is for a pair of nodes; those of a cluster (Cluster:Id, --cluster) all work at once.");
        if (GrainHost.NoCluster is { } problem) throw new StartRefused(problem);
        if (storage.FindProvider() != StorageProvider.Postgres)
            throw new StartRefused("The nodes of a cluster share one PostgreSQL database: name it with --storage 'Host=…;Database=…;Username=…;Password=…'.");
        builder.JoinCluster(cluster, storage.ConnectionString);
    }

    /// <summary>A single node: nobody else connects to its silo, so any two free loopback ports do, and several nodes fit on one machine.</summary>
    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static void Listen(KestrelServerOptions kestrel, NodeOptions node, NodeCertificate? certificate)
    {
        if (node.Bind == "localhost") kestrel.ListenLocalhost(node.Port, Secure);
        else kestrel.Listen(System.Net.IPAddress.Parse(node.Bind), node.Port, Secure);

        void Secure(ListenOptions listen)
        {
            if (certificate is not null) listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Options) });
        }
    }
}
