using System.Collections.Immutable;
using Carillon.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Carillon.Hosting;

/// <summary>What differs between the grain hosts. This one runs everything in one process.</summary>
public static class GrainHost
{
    /// <summary>Why a node of this build cannot be part of a cluster; null if it can.</summary>
    public static string? NoCluster => "This program was built with the grain host Embedded, which is one node: to join a cluster build it where the Orleans packages restore (-p:GrainHost=Orleans).";

    public static void JoinCluster(this IHostApplicationBuilder builder, ClusterOptions cluster, string postgres) => throw new NotSupportedException(NoCluster);

    public static Task<bool> Answers(IGrainFactory grains, TimeSpan patience, TimeProvider time, CancellationToken cancel) => Task.FromResult(true);

    public static Task<bool> GiveUp(IServiceProvider services, TimeSpan reachedFor, CancellationToken cancel) => Task.FromResult(false);

    internal static IServiceCollection AddNodes(this IServiceCollection services) => services.AddSingleton<INodes, OneNode>();

    sealed class OneNode : INodes
    {
        public string Self => "this node";

        public ImmutableArray<string> Active { get; } = ["this node"];

        public Task WhenChanged(CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
    }
}
