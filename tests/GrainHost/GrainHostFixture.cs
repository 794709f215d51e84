using Carillon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.GrainHost.Tests;

/// <summary>
/// One silo of the host that the build chose. Grain timers follow <see cref="Time"/>, response timeouts and idle collection the real
/// clock: Orleans' collector knows no other.
/// </summary>
public sealed partial class GrainHostFixture : IAsyncLifetime
{
    readonly IHost _host;

    public GrainHostFixture() : this(static _ => { }) { }

    GrainHostFixture(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            OneSilo(silo);
            silo.Services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, Time);
            silo.Services.AddSingleton(Journal);
            silo.AddMemoryGrainStorage("states");
            configure(silo);
        });
        _host = builder.Build();
    }

    // From now on: Orleans compares a delayed deactivation by this clock with the real one.
    public FakeTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>What the grains of this silo report.</summary>
    public Journal Journal { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public static async Task<GrainHostFixture> StartAsync(Action<ISiloBuilder> configure)
    {
        var fixture = new GrainHostFixture(configure);
        await fixture.InitializeAsync();
        return fixture;
    }

    public static string NewKey() => Guid.NewGuid().ToString("N");

    public T Grain<T>(string? key = null) where T : IGrainWithStringKey => Client.GetGrain<T>(key ?? NewKey());

    public Task InitializeAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class GrainHostCollection : ICollectionFixture<GrainHostFixture>
{
    public const string Name = "grain host";
}
