using System.Net;
using System.Net.Sockets;
using Carillon.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Carillon.Hosting;

/// <summary>What differs between the grain hosts. This one runs as many nodes as there are.</summary>
public static class GrainHost
{
    const string Service = "carillon";
    const string Npgsql = "Npgsql";

    const uint WaysToAsk = 16;

    static uint _asked;

    /// <summary>So many answers that are missing in a row make a node dead.</summary>
    const int MissedProbes = 3;

    /// <summary>Why a node of this build cannot be part of a cluster; null if it can.</summary>
    public static string? NoCluster => null;

    /// <param name="postgres">Connection string of the database that the nodes share.</param>
    public static void JoinCluster(this IHostApplicationBuilder builder, ClusterOptions cluster, string postgres)
    {
        if (cluster.Roles == NodeRole.Api) builder.UseOrleansClient(client => client.Visit(cluster, postgres));
        else builder.UseOrleans(silo => silo.Join(cluster, postgres));
    }

    static void Join(this ISiloBuilder silo, ClusterOptions cluster, string postgres)
    {
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, postgres));
        silo.Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Id!, Service));
        silo.Configure<EndpointOptions>(o =>
        {
            var bind = IPAddress.Parse(cluster.Bind ?? cluster.Address);
            (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (IPAddress.Parse(cluster.Address), OrFree(cluster.SiloPort), OrFree(cluster.GatewayPort));
            (o.SiloListeningEndpoint, o.GatewayListeningEndpoint) = (new(bind, cluster.BindSiloPort ?? o.SiloPort), new(bind, cluster.BindGatewayPort ?? o.GatewayPort));
        });
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            // A probe is missed after one to two of these periods, by how fast answers usually come.
            var period = cluster.DeadAfter / MissedProbes;
            (o.ProbeTimeout, o.MinProbeTimeout, o.MaxProbeTimeout, o.NumMissedProbesLimit) = (period, period / 2, period, MissedProbes);
            // What probes miss, the table tells: a change by a silo that could not tell the others, and rows of a cluster that was switched off.
            (o.TableRefreshTimeout, o.IAmAliveTablePublishTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        });
        // By default nothing that a lost silo held, or might have held, is activated elsewhere for half a minute, lest it still works there. Epochs and leases in
        // the database see to that here, and calls would wait.
        silo.Configure<GrainDirectoryOptions>(o => o.RangeLeaseDuration = TimeSpan.Zero);
        // The one that loses no registration with a silo, so that nothing is activated anew, or twice, when another silo is lost.
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.AddGrainService<StoreReach>();
        silo.Services.AddSingleton<StoreReachClient>();
    }

    static void Visit(this IClientBuilder client, ClusterOptions cluster, string postgres)
    {
        client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, postgres));
        client.Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Id!, Service));
        client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        // It waits for the first silo, however long that takes.
        client.UseConnectionRetryFilter(async (_, cancel) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
            return true;
        });
    }

    /// <summary>Whether a node that holds grains answers within <paramref name="patience"/>.</summary>
    public static async Task<bool> Answers(IGrainFactory grains, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            // Each key is asked by way of one silo for as long as that one is known: the next question goes another way.
            await grains.GetGrain<ISiloAnswer>(Interlocked.Increment(ref _asked) % WaysToAsk).Answer().WaitAsync(patience, time, cancel);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>For a node of a cluster that does not reach the database: asks for one that does, and tells it to take over.</summary>
    /// <param name="services">Of a node that holds grains.</param>
    /// <param name="reachedFor">A node counts that has reached the database for so long without a break.</param>
    /// <returns>True: there is one, and for the cluster this node is dead. It must end at once.</returns>
    public static Task<bool> GiveUp(IServiceProvider services, TimeSpan reachedFor, CancellationToken cancel) => services.GetRequiredService<StoreReachClient>().GiveUp(reachedFor, cancel);

    internal static IServiceCollection AddNodes(this IServiceCollection services)
    {
        var steady = new SteadyTime();
        foreach (var area in (string[])[TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory, TimeProviderNames.Messaging])
            services.AddKeyedSingleton<TimeProvider>(area, steady);
        services.AddPlacementDirector<ServerPlacement, ServerPlacementDirector>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, HandoverStage>();
        return services.AddSingleton<INodes, Silos>();
    }

    static int OrFree(int port)
    {
        if (port != 0) return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
