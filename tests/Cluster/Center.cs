using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Chaos.Links;
using Carillon.Lab;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NetworkCall = Carillon.Network.CallRecord;
using QueueConfig = Carillon.Queues.QueueConfig;
using ServerConfig = Carillon.Servers.ServerConfig;
using TrunkConfig = Carillon.Servers.TrunkConfig;

namespace Carillon.Cluster.Tests;

/// <summary>A call center: a telephone network, simulated or real, and a database in which a campaign over all its servers is configured. Its nodes come and go.</summary>
sealed class Center : IAsyncDisposable
{
    public const string AdminPassword = "correct horse battery";
    public static readonly CampaignId Spring = new("spring");
    static readonly QueueId Sales = new("sales");
    static readonly ScheduleId Always = new("always");

    readonly Postgres _postgres;
    readonly TelephoneNetwork? _network;
    readonly ServiceProvider _services;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-cluster-");
    readonly List<Node> _nodes = [];
    readonly List<Link> _links = [];

    Center(Postgres postgres, string storage, TelephoneNetwork? network, IEnumerable<ServerConfig> servers)
    {
        (_postgres, Storage, _network, Servers) = (postgres, storage, network, [.. servers.Select(s => new ServerId(s.Name))]);
        _services = new ServiceCollection().AddLogging().AddCarillonStorage(o => o.ConnectionString = storage).BuildServiceProvider();
    }

    public string Storage { get; }

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The simulated one.</summary>
    public TelephoneNetwork Network => _network ?? throw new InvalidOperationException("This center's telephone network is real.");

    public IReadOnlyList<ServerId> Servers { get; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static Task<Center> Open(Postgres postgres, NetworkConfig network, int callsPerSecond = 50)
    {
        var started = new TelephoneNetwork(network).Start();
        return Open(postgres, started, [.. started.Servers.Select(s => At(s.Name, "127.0.0.1", s.AmiEndPoint.Port, "dialer", "dialer-secret", callsPerSecond))], "sales");
    }

    /// <param name="postgres">Where its database is made.</param>
    /// <param name="lab">Its telephone network.</param>
    /// <param name="queue">The queue of the lab's servers in whose name the campaign dials.</param>
    public static Task<Center> Open(Postgres postgres, AsteriskLab lab, string queue) =>
        Open(postgres, null, [.. lab.Servers.Select(s => At(s.Name, s.AmiHost, s.AmiPort, "carillon", s.Secret, callsPerSecond: 20))], queue);

    static async Task<Center> Open(Postgres postgres, TelephoneNetwork? network, IReadOnlyList<ServerConfig> servers, string queue)
    {
        var center = new Center(postgres, await postgres.NewDatabase(), network, servers);
        await center.Configure(servers, queue);
        return center;
    }

    static ServerConfig At(string name, string host, int port, string username, string secret, int callsPerSecond) =>
        new() { Name = name, Host = host, Port = port, Username = username, Secret = secret, CallsPerSecond = callsPerSecond, Channels = 1000 };

    public string NewFolder() => _folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    public async Task<T> Add<T>(Task<T> starting) where T : Node
    {
        var node = await starting;
        _nodes.Add(node);
        return node;
    }

    /// <summary>A way to the database that can be cut.</summary>
    public (Link Link, string Storage) NewWayToStorage()
    {
        var link = new Link(Postgres.EndPoint(Storage));
        _links.Add(link);
        return (link, new Npgsql.NpgsqlConnectionStringBuilder(Storage) { Host = "127.0.0.1", Port = link.Port }.ConnectionString);
    }

    async Task Configure(IEnumerable<ServerConfig> servers, string queue)
    {
        foreach (var server in servers)
        {
            await Get<ConfigStore<TrunkConfig>>().InsertAsync(server.Name + "-carrier", new()
            {
                Name = server.Name + " carrier",
                Server = new(server.Name),
                DialString = "PJSIP/{number}@carrier",
                Channels = 500,
                CallsPerSecond = 50,
            });
            await Get<ConfigStore<ServerConfig>>().InsertAsync(server.Name, server);
        }
        await Get<ConfigStore<QueueConfig>>().InsertAsync(Sales.Value, new() { Name = "sales", AsteriskName = queue, Servers = [.. Servers] });
        await Get<ConfigStore<ScheduleConfig>>().InsertAsync(Always.Value, GrainNode.Always);
        await Get<ConfigStore<CampaignConfig>>().InsertAsync(Spring.Value, new()
        {
            Name = "Spring",
            Schedule = Always,
            Queue = Sales,
            Trunks = [.. Servers.Select(s => new TrunkId(s.Value + "-carrier"))],
            Channels = 100,
            CallerId = "74950000000",
            RingTimeout = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>Leads whose numbers tell their own fate (see <see cref="NumberPlan"/>).</summary>
    public Task AddLeads(string fate, int count, int from = 0) => AddLeads(Enumerable.Range(from, count).Select(i => $"{fate}{i:0000}"), from);

    /// <param name="numbers">Without plus.</param>
    /// <param name="from">How many there are before.</param>
    public Task AddLeads(IEnumerable<string> numbers, int from = 0) =>
        Get<LeadStore>().ImportAsync(Spring, numbers.Select((n, i) => new NewLead(from + i + 1, new($"+{n}"))).ToAsyncEnumerable());

    public Task<List<Lead>> Leads() => Get<LeadStore>().ListAsync(Spring, new() { Limit = 10_000 });

    /// <summary>Calls that have not ended.</summary>
    public Task<List<Attempt>> OpenCalls() => Get<AttemptStore>().ListOpenAsync(Spring);

    public Task<List<Attempt>> Records() => Get<AttemptStore>().ListAsync(new() { Limit = 10_000 });

    /// <summary>The node that took each server last.</summary>
    public async Task<Dictionary<ServerId, string>> Owners()
    {
        var rows = await Get<Database>().ReadAsync(s => s.QueryAsync<(string Server, string Node)>("SELECT server_id, node FROM server_owners"));
        return rows.ToDictionary(r => new ServerId(r.Server), r => r.Node);
    }

    public async Task<ImmutableArray<NetworkCall>> Placed(Func<ImmutableArray<NetworkCall>, bool> condition) =>
        await GrainNode.Until(() => Task.FromResult<ImmutableArray<NetworkCall>>([.. Network.Log.Calls]), condition);

    /// <summary>
    /// Every call that the network saw has its one record, and every record but those of <see cref="Outcome.Unknown"/> a call; each lead was called once at
    /// most, and none is left in between.
    /// </summary>
    public async Task<List<Attempt>> Audit()
    {
        // What was being written when a node was lost is found a little later.
        await GrainNode.Until(OpenCalls, open => open.Count == 0);
        var calls = Network.Log.Calls;
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(calls));
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 100, _ => "the campaign"));
        Assert.Empty(NetworkAudit.RateOver(calls, 50, c => c.Server));
        var records = await Records();
        var recorded = records.Select(r => r.Intent.Id.Value).ToHashSet();
        Assert.Empty(calls.Where(c => !recorded.Contains(c.UniqueId)).Select(c => c.UniqueId));
        var placed = calls.Select(c => c.UniqueId).ToHashSet();
        Assert.Empty(records.Where(r => r.Outcome != Outcome.Unknown && !placed.Contains(r.Intent.Id.Value)).Select(r => $"{r.Intent.Id} {r.Outcome} {r.Reason.Text}"));
        var leads = await Leads();
        Assert.All(leads, l => Assert.True(l is { Status: not LeadStatus.Dialing, Attempts: 1, NextAt: null } or { Status: LeadStatus.New, Attempts: 0, NextAt: not null }, $"{l}"));
        Assert.Equal(records.Count, leads.Sum(l => l.Attempts));
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        foreach (var link in _links) link.Dispose();
        if (_network is not null) await _network.DisposeAsync();
        await _services.DisposeAsync();
        await _postgres.Drop(Storage);
        _folder.Delete(recursive: true);
    }
}
