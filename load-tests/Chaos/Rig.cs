using System.Globalization;
using Carillon.Chaos.Faults;
using Carillon.Chaos.Links;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Chaos;

/// <summary>A real node, the simulated network, and all between them that can break.</summary>
sealed partial class Rig : IAsyncDisposable
{
    readonly ChaosOptions _options;
    readonly OwnFolder _folder;
    readonly PrivatePostgres? _postgres;
    readonly SmallDisk? _disk;
    readonly List<Member> _members = [];
    readonly List<Link> _storeLinks = [];
    readonly Peers? _peers;
    string? _key;

    Rig(ChaosOptions options, OwnFolder folder, PrivatePostgres? postgres)
    {
        (_options, _folder, _postgres) = (options, folder, postgres);
        Directory.CreateDirectory(Data);
        if (postgres is null) _disk = SmallDisk.Mount(Data);
        Network = new TelephoneNetwork(Floor.Network(options)).Start();
        Links = [.. Network.Servers.Select(s => new Link(s.AmiEndPoint))];
        if (options.Silos > 1 && Peers.ArePossible) _peers = new([.. Enumerable.Range(0, options.Silos).Select(_ => Loopback.FreePort())], node => _members[node].ProcessId);
        for (var i = 0; i < options.Nodes; i++)
        {
            if (postgres is not null) _storeLinks.Add(new(postgres.EndPoint));
            _members.Add(new(folder, $"node{i + 1}", Arguments(i)));
        }
    }

    public TelephoneNetwork Network { get; }
    public IReadOnlyList<Link> Links { get; }
    public Outages Outages { get; } = new();

    /// <summary>Of a node that works now.</summary>
    public NodeApi Api()
    {
        var api = new NodeApi(_members.First(m => m.Works).Url);
        if (_key is not null) api.UseKey(_key);
        return api;
    }

    string Data => Path.Combine(_folder, "data");

    public static async Task<Rig> StartAsync(ChaosOptions options)
    {
        var folder = OwnFolder.Make("carillon-chaos-", options.Data);
        var forPostgres = options.Data is null ? null : Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName;
        var rig = new Rig(options, folder, options.Storage == "postgres" ? await PrivatePostgres.StartInAsync(forPostgres) : null);
        try
        {
            foreach (var member in rig._members) await member.Start();
            using (var api = rig.Api()) rig._key = await Setup.SignIn(api);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>What can be broken here.</summary>
    public IEnumerable<FaultKind> Possible => Enum.GetValues<FaultKind>().Where(kind => kind switch
    {
        FaultKind.RestartPostgres or FaultKind.CutStore or FaultKind.HoldToStore or FaultKind.HoldFromStore or FaultKind.SlowStore => _postgres is not null,
        FaultKind.FillDisk => _disk is not null,
        FaultKind.CutPeers or FaultKind.HoldToPeers or FaultKind.HoldFromPeers or FaultKind.HoldPeers or FaultKind.PartPeers or FaultKind.SlowPeers => _peers is not null,
        _ => true,
    });

    string[] Arguments(int node)
    {
        string[] storage = _postgres is null ? [] : ["--storage", PrivatePostgres.ConnectionStringThrough(_storeLinks[node].Port)];
        string[] company = _options.Pair ? ["--standby", "true"] : _options.Silos > 1 ? ["--cluster", "chaos", "--Cluster:GatewayPort", Text(Loopback.FreePort()), .. SiloPorts(node)] : [];
        return ["--data", _options.Nodes == 1 ? Data : string.Create(CultureInfo.InvariantCulture, $"{Data}{node + 1}"), "--port", $"{(_options.Port == 0 ? 0 : _options.Port + node)}", .. storage, .. company];
    }

    /// <summary>A member of a cluster is known by where it is reached, and comes back there.</summary>
    string[] SiloPorts(int node) => _peers is null ? ["--Cluster:SiloPort", Text(Loopback.FreePort())]
        : ["--Cluster:SiloPort", Text(_peers.PortOf(node)), "--Cluster:BindSiloPort", Text(_peers.ListensAt(node))];

    static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the node said, all its lives one after another.</summary>
    public async Task<string> Said()
    {
        var logs = Directory.GetFiles(_folder, "node*.log").Order(StringComparer.Ordinal);
        return string.Concat(await Task.WhenAll(logs.Select(async log => $"--- {Path.GetFileName(log)}\n{await File.ReadAllTextAsync(log)}")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.DisposeAsync();
        foreach (var link in Links.Concat(_storeLinks)) link.Dispose();
        _peers?.Dispose();
        await Network.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _disk?.Dispose();
        _folder.Dispose();
    }
}
