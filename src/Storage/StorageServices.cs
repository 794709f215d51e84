using Carillon.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class StorageServices
{
    /// <summary>Adds the database and its stores. Call <see cref="Database.OpenAsync"/> at start to learn early what is wrong.</summary>
    public static IServiceCollection AddCarillonStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddConfig(ConfigKinds.Server).AddConfig(ConfigKinds.Trunk).AddConfig(ConfigKinds.Queue).AddConfig(ConfigKinds.Schedule)
            .AddConfig(ConfigKinds.Calendar).AddConfig(ConfigKinds.ContactRule).AddConfig(ConfigKinds.Campaign).AddConfig(ConfigKinds.Agent).AddConfig(ConfigKinds.Disposition).AddConfig(ConfigKinds.Group).AddConfig(ConfigKinds.User);
        return services.AddSingleton<CampaignStatusStore>().AddSingleton<CampaignPaceStore>().AddSingleton<ServerOwnerStore>().AddSingleton<LeadStore>().AddSingleton<LeadOfferStore>().AddSingleton<AttemptStore>().AddSingleton<AgentTimeStore>()
            .AddSingleton<SubscriberStore>().AddSingleton<DoNotCallStore>()
            .AddSingleton<UserStore>().AddSingleton<ApiKeyStore>().AddSingleton<FailedTryStore>().AddSingleton<AuditStore>().AddSingleton<ProtectionKeyStore>()
            .AddSingleton<IdempotencyStore>().AddSingleton<GrainStateStore>().AddSingleton<DayProfileStore>();
    }

    static IServiceCollection AddConfig<T>(this IServiceCollection services, ConfigKind<T> kind) where T : class =>
        services.AddSingleton(kind).AddSingleton<ConfigStore<T>>();
}
