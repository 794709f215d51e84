using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>The product, dialing through both Asterisks of the lab, and a witness at each of them who sees what it does.</summary>
sealed class Dialer : IAsyncDisposable
{
    readonly AsteriskLab _lab;
    readonly List<Witness> _witnesses = [];

    Dialer(AsteriskLab lab, GrainNode node) => (_lab, Node) = (lab, node);

    public GrainNode Node { get; }

    /// <summary>At pbx1 and pbx2.</summary>
    public IReadOnlyList<Witness> Witnesses => _witnesses;

    /// <summary>Calls that the servers have seen so far.</summary>
    public int Placed => _witnesses.Sum(w => w.Attempts.Count);

    /// <param name="lab">Where to dial.</param>
    /// <param name="links">What to reach pbx1 and pbx2 through, if not directly.</param>
    public static Task<Dialer> Start(AsteriskLab lab, params CuttableLink[] links) => Start(lab, s => s, links);

    /// <param name="lab">Where to dial.</param>
    /// <param name="change">What is different with the servers.</param>
    /// <param name="links">What to reach pbx1 and pbx2 through, if not directly.</param>
    public static async Task<Dialer> Start(AsteriskLab lab, Func<ServerConfig, ServerConfig> change, params CuttableLink[] links)
    {
        var dialer = new Dialer(lab, await GrainNode.Start());
        for (var i = 0; i < lab.Servers.Count; i++)
        {
            var server = lab.Servers[i];
            dialer._witnesses.Add(new(await Listener.Connected(server.Options)));
            var (host, port) = links.Length > 0 ? (links[i].Host, links[i].Port) : (server.AmiHost, server.AmiPort);
            await dialer.Node.Configure(server.Name, change(new() { Name = server.Name, Host = host, Port = port, Username = "carillon", Secret = server.Secret, AgiContext = "carillon-agi" }));
            foreach (var trunk in Trunks) await dialer.AddTrunk(server.Name, trunk);
        }
        return dialer;
    }

    /// <summary>carrier; deadtrunk, on which nobody answers; nosuchtrunk, which Asterisk does not know.</summary>
    static IEnumerable<string> Trunks => ["carrier", "deadtrunk", "nosuchtrunk"];

    Task AddTrunk(string server, string trunk) => Node.Configure<TrunkConfig>($"{server}-{trunk}",
        new() { Name = $"{server} {trunk}", Server = new(server), DialString = $"PJSIP/{{number}}@{trunk}", Channels = 100, CallsPerSecond = 20 });

    /// <summary>A campaign with a schedule and a queue of its own, which is the queue of that name in Asterisk.</summary>
    public async Task<DialedCampaign> Campaign(
        string name, string queue, Func<CampaignConfig, CampaignConfig>? change = null, Func<QueueConfig, QueueConfig>? changeQueue = null,
        int attempts = 1, string[]? servers = null, string trunk = "carrier")
    {
        servers ??= [.. _lab.Servers.Select(s => s.Name)];
        var always = GrainNode.Always;
        await Node.Configure<ScheduleConfig>(name, always with { Name = name, Unanswered = always.Unanswered with { Attempts = attempts, Interval = TimeSpan.FromSeconds(4) } });
        var queueConfig = new QueueConfig { Name = name, AsteriskName = queue, Servers = [.. servers.Select(s => new ServerId(s))] };
        await Node.Configure(name, changeQueue?.Invoke(queueConfig) ?? queueConfig);
        var config = new CampaignConfig
        {
            Name = name,
            Schedule = new(name),
            Queue = new(name),
            Trunks = [.. servers.Select(s => new TrunkId($"{s}-{trunk}"))],
            Channels = 100,
            CallerId = "74950000000",
            RingTimeout = TimeSpan.FromSeconds(3),
        };
        await Node.Configure(name, change?.Invoke(config) ?? config);
        foreach (var server in servers)
        {
            await Node.Grains.Server(new(server)).ConfigChanged();
            await GrainNode.Until(() => Node.Grains.Server(new(server)).GetSnapshot(), s => s.State == ServerState.Online);
        }
        return new(Node, new(name));
    }

    /// <summary>No channel is left on the two servers or on the carrier.</summary>
    public async Task NothingIsLeft()
    {
        foreach (var server in _lab.Servers.Append(_lab.Carrier)) await GrainNode.Until(() => _lab.Channels(server.Name), count => count == 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        foreach (var witness in _witnesses) await witness.DisposeAsync();
        // What a test that failed left talking would keep the agents of all that come after it.
        await _lab.Cli(_lab.Carrier.Name, "channel request hangup all");
    }
}
