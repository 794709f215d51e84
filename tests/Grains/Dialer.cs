using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Numbers;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace Carillon.Grains.Tests;

/// <summary>The product's grains on the grain host of this build, with a real SQLite file, against a simulated telephone network.</summary>
sealed class Dialer : IAsyncDisposable
{
    public static readonly QueueId Sales = new("sales");
    public static readonly ScheduleId Always = new("always");
    public static readonly CampaignId Spring = new("spring");

    readonly string _folder = Directory.CreateTempSubdirectory("carillon-grains-").FullName;
    IHost _host = null!;

    Dialer(TelephoneNetwork network) => Network = network;

    public TelephoneNetwork Network { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public IEnumerable<ServerId> Servers => Network.Servers.Select(s => new ServerId(s.Name));

    public static async Task<Dialer> Start(NetworkConfig network, Func<CampaignConfig, CampaignConfig>? campaign = null, Func<ScheduleConfig, ScheduleConfig>? schedule = null)
    {
        var dialer = new Dialer(new TelephoneNetwork(network).Start());
        await dialer.StartNode();
        await dialer.Configure(campaign ?? (c => c), schedule ?? (s => s));
        return dialer;
    }

    public async Task StartNode()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(Environment.GetEnvironmentVariable("CARILLON_TEST_LOG") is { } level ? Enum.Parse<LogLevel>(level) : LogLevel.Warning).AddConsole();
        builder.Services.AddCarillonStorage(o => o.ConnectionString = $"Data Source={_folder}/carillon.db").AddCarillonGrains();
        builder.Services.Configure<ServerOptions>(o => (o.CheckInterval, o.ChannelGrace) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        builder.Services.Configure<CampaignOptions>(o => o.InCallRest = TimeSpan.FromMilliseconds(200));
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort()));
        _host = builder.Build();
        await Get<Database>().OpenAsync();
        await _host.StartAsync();
    }

    public async Task StopNode()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }

    async Task Configure(Func<CampaignConfig, CampaignConfig> campaign, Func<ScheduleConfig, ScheduleConfig> schedule)
    {
        foreach (var server in Network.Servers)
        {
            await Get<ConfigStore<Servers.ServerConfig>>().InsertAsync(server.Name, new()
            {
                Name = server.Name,
                Host = "127.0.0.1",
                Port = server.AmiEndPoint.Port,
                Username = "dialer",
                Secret = "dialer-secret",
                CallsPerSecond = 50,
                Channels = 1000,
            });
            await Get<ConfigStore<Servers.TrunkConfig>>().InsertAsync(server.Name + "-carrier", new()
            {
                Name = server.Name + " carrier",
                Server = new(server.Name),
                DialString = "PJSIP/{number}@carrier",
                Channels = 500,
                CallsPerSecond = 50,
            });
        }
        await Get<ConfigStore<Queues.QueueConfig>>().InsertAsync(Sales.Value, new() { Name = "sales", Servers = [.. Servers] });
        var always = new ScheduleConfig
        {
            Name = "always",
            TimeZone = "Europe/Moscow",
            Unanswered = new() { Hours = [.. Enum.GetValues<DayOfWeek>().Select(d => new OpenHours(d, default, default))], Attempts = 1, Interval = TimeSpan.FromSeconds(1) },
        };
        await Get<ConfigStore<ScheduleConfig>>().InsertAsync(Always.Value, schedule(always));
        var spring = new CampaignConfig
        {
            Name = "Spring",
            Schedule = Always,
            Queue = Sales,
            Trunks = [.. Servers.Select(s => new TrunkId(s.Value + "-carrier"))],
            Channels = 100,
            CallerId = "74950000000",
        };
        await Get<ConfigStore<CampaignConfig>>().InsertAsync(Spring.Value, campaign(spring));
        foreach (var server in Servers) await Grains.Server(server).Wake();
    }

    /// <summary>Leads whose fate is drawn by the network's seed.</summary>
    public Task<ImmutableArray<PhoneNumber>> AddLeads(int count) => AddLeads([.. Enumerable.Range(0, count).Select(i => $"+7495{1000000 + i}")]);

    /// <summary>Leads whose numbers tell their own fate (see <see cref="NumberPlan"/>): outcome, seconds of ringing, seconds of talk, free digits.</summary>
    public async Task<ImmutableArray<PhoneNumber>> AddLeads(params string[] numbers)
    {
        foreach (var number in numbers) await Get<LeadStore>().AddAsync(Spring, new(number));
        await Grains.Campaign(Spring).LeadsChanged();
        return [.. numbers.Select(n => new PhoneNumber(n))];
    }

    public Task<List<Lead>> Leads() => Get<LeadStore>().ListAsync(Spring, new() { Limit = 1000 });

    public Task<List<Attempt>> Records() => Get<AttemptStore>().ListAsync(new() { Limit = 1000 });

    public async Task Start() => Assert.Null((await Grains.Campaign(Spring).Start()).Refusal);

    /// <summary>Waits until the campaign is as asked; two minutes at most.</summary>
    public Task<CampaignProgress> Until(Func<CampaignProgress, bool> condition) => Until(() => Grains.Campaign(Spring).GetProgress(), condition);

    public static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var now = await read();
            if (condition(now)) return now;
            if (limit.IsCancellationRequested) throw new TimeoutException($"It did not get there within two minutes: {now}");
            await timer.WaitForNextTickAsync();
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await StopNode();
        await Network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
