using Carillon.Agents;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Nodes;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Carillon.Hosting;

public static class CarillonGrains
{
    /// <summary>What the grains need beside the grain host and the storage, and the keeper that wakes them.</summary>
    public static IServiceCollection AddCarillonGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ServerOptions>().BindConfiguration("Servers").ValidateOnStart();
        services.AddOptions<CampaignOptions>().BindConfiguration("Campaigns").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServerOptions>, GrainOptionsCheck>().AddSingleton<IValidateOptions<CampaignOptions>, GrainOptionsCheck>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<QueueMetrics>();
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<CampaignMetrics>();
        services.AddSingleton<Configs>().AddSingleton<ServerLeases>().AddSingleton<Handovers>().AddNodes();
        services.AddHostedService<Keeper>();
        services.AddHostedService<NodeMetrics>();
        services.AddHostedService<CallRecordRetention>();
        services.AddSingleton<AgentTimeBook>().AddHostedService(s => s.GetRequiredService<AgentTimeBook>());
        return services;
    }
}
