using Carillon.Api;
using Carillon.Api.Health;
using Carillon.Hosting;
using Carillon.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Carillon.Silo;

/// <summary>One node: store, grains and API in one process.</summary>
public static class Node
{
    /// <param name="args">As on the command line of the node.</param>
    /// <param name="configure">What a host that holds the node inside itself adds; the demo, for one.</param>
    /// <exception cref="OptionsValidationException">Settings are wrong: all of them are named.</exception>
    /// <exception cref="StartRefused">The data folder or the certificate cannot be used, or the node cannot be part of a cluster.</exception>
    public static WebApplication Create(IReadOnlyList<string> args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var (node, _, cluster, storage) = NodeSettings.Read(builder.Configuration, args);
        builder.Logging.Write(node.LogFormat);
        builder.Services.AddOptions<NodeOptions>().BindConfiguration("Node");
        var data = DataFolder.Open(node.Data);
        var certificate = NodeCertificate.Of(node);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, node, certificate));

        if (builder.Configuration["Storage:ConnectionString"] is null) storage.ConnectionString = $"Data Source={Path.Combine(data.FullName, "carillon.db")}";
        if (cluster.Id is null) builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        else Join(builder, node, cluster, storage);
        builder.Services.AddCarillonStorage(o =>
        {
            o.ConnectionString = storage.ConnectionString;
            builder.Configuration.GetSection("Storage").Bind(o);
        });
        if (cluster.Roles == NodeRole.Api) builder.Services.AddSingleton<IReadiness, ClusterReadiness>();
        else builder.Services.AddCarillonGrains();
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
        builder.JoinCluster(cluster, storage.WithPassword);
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
