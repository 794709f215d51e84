using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace Carillon.TestKit;

/// <summary>One node of the product in this process: its grains on the grain host of this build, with a real SQLite file that outlives a restart.</summary>
public sealed class GrainNode : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("carillon-node-").FullName;
    readonly TimeProvider _clock;
    IHost? _host;

    GrainNode(TimeProvider clock) => _clock = clock;

    IHost Host => _host ?? throw new InvalidOperationException("The node is stopped.");

    public IGrainFactory Grains => Get<IGrainFactory>();

    public T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    public static async Task<GrainNode> Start(TimeProvider? clock = null)
    {
        var node = new GrainNode(clock ?? TimeProvider.System);
        await node.StartAsync();
        return node;
    }

    public async Task StartAsync(Action<ServerOptions>? servers = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(Environment.GetEnvironmentVariable("CARILLON_TEST_LOG") is { } level ? Enum.Parse<LogLevel>(level) : LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton(_clock).AddCarillonStorage(o => o.ConnectionString = $"Data Source={_folder}/carillon.db").AddCarillonGrains();
        builder.Services.Configure<ServerOptions>(o => (o.CheckInterval, o.ChannelGrace) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        builder.Services.Configure<ServerOptions>(o => servers?.Invoke(o));
        builder.Services.Configure<CampaignOptions>(o => o.InCallRest = TimeSpan.FromMilliseconds(200));
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Loopback.FreePort(), Loopback.FreePort()));
        _host = builder.Build();
        await Get<Database>().OpenAsync();
        await _host.StartAsync();
    }

    public async Task StopAsync()
    {
        var host = Host;
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        _host = null;
    }

    /// <summary>Stores a config as its users would, before anything runs by it.</summary>
    public Task Configure<T>(string id, T config) where T : class => Get<ConfigStore<T>>().InsertAsync(id, config);

    /// <summary>Open at all times; one attempt, unless changed.</summary>
    public static ScheduleConfig Always { get; } = new()
    {
        Name = "always",
        TimeZone = "Europe/Moscow",
        Unanswered = new() { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default))], Attempts = 1, Interval = TimeSpan.FromSeconds(1) },
    };

    public async Task<ImmutableArray<PhoneNumber>> AddLeads(CampaignId campaign, params string[] numbers)
    {
        await Get<LeadStore>().ImportAsync(campaign, numbers.Select((n, line) => new NewLead(line + 1, new(n))).ToAsyncEnumerable());
        await Grains.Campaign(campaign).LeadsChanged();
        return [.. numbers.Select(n => new PhoneNumber(n))];
    }

    public Task<List<Lead>> Leads(CampaignId campaign) => Get<LeadStore>().ListAsync(campaign, new() { Limit = 1000 });

    /// <summary>Call records of a campaign, or of all; newest first.</summary>
    public Task<List<Attempt>> Records(CampaignId? campaign = null) =>
        Get<AttemptStore>().ListAsync(new() { Limit = 1000, Campaigns = campaign is { } id ? [id] : [] });

    /// <summary>Calls of a campaign that have not ended.</summary>
    public Task<List<Attempt>> OpenCalls(CampaignId campaign) => Get<AttemptStore>().ListOpenAsync(campaign);

    /// <summary>Waits until the campaign is as asked.</summary>
    public Task<CampaignProgress> Until(CampaignId campaign, Func<CampaignProgress, bool> condition) => Until(() => Grains.Campaign(campaign).GetProgress(), condition);

    public static Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> condition) => Wait.Until(read, condition);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
