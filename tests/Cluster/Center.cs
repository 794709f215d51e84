using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Chaos.Links;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Schedules;
using Carillon.Storage;
using Carillon.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NetworkCall = Carillon.Network.CallRecord;

namespace Carillon.Cluster.Tests;

/// <summary>A call center: a simulated telephone network, and a database in which a campaign over all its servers is configured. Its nodes come and go.</summary>
sealed class Center : IAsyncDisposable
{
    public const string AdminPassword = "correct horse battery";
    public static readonly CampaignId Spring = new("spring");
    static readonly QueueId Sales = new("sales");
    static readonly ScheduleId Always = new("always");

    readonly Postgres _postgres;
    readonly ServiceProvider _services;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-cluster-");
    readonly List<Node> _nodes = [];
    readonly List<Link> _links = [];

    Center(Postgres postgres, string storage, TelephoneNetwork network)
    {
        (_postgres, Storage, Network) = (postgres, storage, network);
        _services = new ServiceCollection().AddLogging().AddCarillonStorage(o => o.ConnectionString = storage).BuildServiceProvider();
    }

    public string Storage { get; }

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public TelephoneNetwork Network { get; }

    public IReadOnlyList<ServerId> Servers => [.. Network.Servers.Select(s => new ServerId(s.Name))];

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static async Task<Center> Open(Postgres postgres, NetworkConfig network, int callsPerSecond = 50)
    {
        var center = new Center(postgres, await postgres.NewDatabase(), new TelephoneNetwork(network).Start());
        await center.Configure(callsPerSecond);
        return center;
    }

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

    async Task Configure(int callsPerSecond)
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
            await Get<ConfigStore<Servers.ServerConfig>>().InsertAsync(server.Name, new()
            {
                Name = server.Name,
                Host = "127.0.0.1",
                Port = server.AmiEndPoint.Port,
                Username = "dialer",
                Secret = "dialer-secret",
                CallsPerSecond = callsPerSecond,
                Channels = 1000,
            });
        }
        await Get<ConfigStore<Queues.QueueConfig>>().InsertAsync(Sales.Value, new() { Name = "sales", Servers = [.. Servers] });
        await Get<ConfigStore<ScheduleConfig>>().InsertAsync(Always.Value, GrainNode.Always);
        await Get<ConfigStore<CampaignConfig>>().InsertAsync(Spring.Value, new()
        {
            Name = "Spring",
            Schedule = Always,
            Queue = Sales,
            Trunks = [.. Servers.Select(s => new TrunkId(s.Value + "-carrier"))],
            Channels = 100,
            CallerId = "74950000000",
        });
    }

    /// <summary>Leads whose numbers tell their own fate (see <see cref="NumberPlan"/>).</summary>
    public Task AddLeads(string fate, int count, int from = 0) =>
        Get<LeadStore>().ImportAsync(Spring, Enumerable.Range(from, count).Select(i => new NewLead(i + 1, new($"+{fate}{i:0000}"))).ToAsyncEnumerable());

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
        await Network.DisposeAsync();
        await _services.DisposeAsync();
        await _postgres.Drop(Storage);
        _folder.Delete(recursive: true);
    }
}
