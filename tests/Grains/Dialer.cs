using System.Collections.Immutable;
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
using Carillon.TestKit;
using Orleans;

namespace Carillon.Grains.Tests;

/// <summary>The product's grains on the grain host of this build, with a real SQLite file, against a simulated telephone network.</summary>
sealed class Dialer : IAsyncDisposable
{
    public static readonly QueueId Sales = new("sales");
    public static readonly ScheduleId Always = new("always");
    public static readonly CampaignId Spring = new("spring");

    readonly GrainNode _node;

    Dialer(TelephoneNetwork network, GrainNode node) => (Network, _node) = (network, node);

    public TelephoneNetwork Network { get; }

    public IGrainFactory Grains => _node.Grains;

    public T Get<T>() where T : notnull => _node.Get<T>();

    public IEnumerable<ServerId> Servers => Network.Servers.Select(s => new ServerId(s.Name));

    /// <param name="clock">The node's; null: the system's.</param>
    /// <param name="world">The network's.</param>
    public static async Task<Dialer> Start(NetworkConfig network, Func<CampaignConfig, CampaignConfig>? campaign = null, Func<ScheduleConfig, ScheduleConfig>? schedule = null, TimeProvider? clock = null, TimeProvider? world = null)
    {
        var dialer = new Dialer(new TelephoneNetwork(network, world).Start(), await GrainNode.Start(clock));
        await dialer.Configure(campaign ?? (c => c), schedule ?? (s => s));
        return dialer;
    }

    public Task StartNode(Action<ServerOptions>? servers = null) => _node.StartAsync(servers);

    public Task StopNode() => _node.StopAsync();

    /// <summary>Does something to the database that the product itself would not.</summary>
    public Task Sql(string statement) => Get<Database>().WriteAsync(s => s.ExecuteAsync(statement));

    async Task Configure(Func<CampaignConfig, CampaignConfig> campaign, Func<ScheduleConfig, ScheduleConfig> schedule)
    {
        foreach (var server in Network.Servers)
        {
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
        await Get<ConfigStore<ScheduleConfig>>().InsertAsync(Always.Value, schedule(GrainNode.Always));
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
        // Last: the keeper wakes a server as soon as it sees it, and that reads its trunks and queues then.
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
        }
        foreach (var server in Servers) await Grains.Server(server).Wake();
    }

    /// <summary>Leads whose fate is drawn by the network's seed.</summary>
    public Task<ImmutableArray<PhoneNumber>> AddLeads(int count) => AddLeads([.. Enumerable.Range(0, count).Select(i => $"+7495{1000000 + i}")]);

    /// <summary>Leads whose numbers tell their own fate (see <see cref="NumberPlan"/>): outcome, seconds of ringing, seconds of talk, free digits.</summary>
    public Task<ImmutableArray<PhoneNumber>> AddLeads(params string[] numbers) => _node.AddLeads(Spring, numbers);

    public Task<List<Lead>> Leads() => _node.Leads(Spring);

    public Task<List<Attempt>> Records() => _node.Records();

    public async Task Start() => Assert.Null((await Grains.Campaign(Spring).Start()).Refusal);

    /// <summary>What the campaign has begun so far, ended or not. A call that ends meanwhile is among them.</summary>
    public async Task<List<Attempt>> Begun() => [.. (await _node.OpenCalls(Spring)).Concat(await Records()).DistinctBy(a => a.Intent.Id)];

    /// <summary>Hangs up the campaign's calls of now, as soon as their servers know them.</summary>
    public async Task HangUp()
    {
        var calls = (await _node.OpenCalls(Spring)).ToDictionary(c => c.Intent.Id, c => c.Intent.Server);
        await Until(async () =>
        {
            foreach (var (call, server) in calls) await Grains.Server(server).Hangup(call);
            return await _node.OpenCalls(Spring);
        }, open => !open.Any(c => calls.ContainsKey(c.Intent.Id)));
    }

    /// <summary>Waits until the campaign is as asked; five minutes at most.</summary>
    public Task<CampaignProgress> Until(Func<CampaignProgress, bool> condition) => _node.Until(Spring, condition);

    public static Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> condition) => GrainNode.Until(read, condition);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await Network.DisposeAsync();
    }
}
