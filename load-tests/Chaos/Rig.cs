using System.Globalization;
using Carillon.Chaos.Faults;
using Carillon.Chaos.Links;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Chaos;

/// <summary>A real node, the simulated network, and all between them that can break.</summary>
sealed class Rig : IAsyncDisposable
{
    /// <summary>A cluster has found a dead member out by then, and given what it held to others.</summary>
    static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(15);

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    readonly ChaosOptions _options;
    readonly OwnFolder _folder;
    readonly PrivatePostgres? _postgres;
    readonly SmallDisk? _disk;
    readonly List<Member> _members = [];
    string? _key;

    Rig(ChaosOptions options, OwnFolder folder, PrivatePostgres? postgres)
    {
        (_options, _folder, _postgres) = (options, folder, postgres);
        Directory.CreateDirectory(Data);
        if (postgres is null) _disk = SmallDisk.Mount(Data);
        Network = new TelephoneNetwork(Floor.Network(options)).Start();
        Links = [.. Network.Servers.Select(s => new AmiLink(s.AmiEndPoint))];
        for (var i = 0; i < options.Nodes; i++) _members.Add(new(folder, $"node{i + 1}", Arguments(i)));
    }

    public TelephoneNetwork Network { get; }
    public IReadOnlyList<AmiLink> Links { get; }
    public Outages Outages { get; } = new();

    /// <summary>Of a node that works now.</summary>
    public NodeApi Api()
    {
        var api = new NodeApi(_members.First(m => m.Works).Url);
        if (_key is not null) api.UseKey(_key);
        return api;
    }

    /// <summary>Times that a node ended although nobody had killed it, nor another one taken its place.</summary>
    public int UnaskedEnds { get; private set; }

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
        FaultKind.RestartPostgres => _postgres is not null,
        FaultKind.FillDisk => _disk is not null,
        _ => true,
    });

    /// <summary>Starts the fault, holds it, and heals it.</summary>
    public async Task Suffer(Fault fault)
    {
        // A restart of PostgreSQL may make the standby the one that works.
        var outage = fault.Blinds || _options.Pair ? Outages.Begin(fault.IsOfServer ? Network.Servers[fault.Target].Name : null, fault.Kind == FaultKind.RestartAsterisk) : null;
        if (fault.IsOfNode) await SufferNode(fault);
        else
        {
            await Strike(fault);
            await Task.Delay(fault.Length);
            await Heal(fault);
        }
        while (!_members.Any(m => m.Works)) await Task.Delay(Look);
        outage?.End();
    }

    /// <summary>Of a pair, the one that works is struck; a cluster may hide for a while what a lost member held, whether or not that is back.</summary>
    async Task SufferNode(Fault fault)
    {
        var member = _options.Pair ? _members.First(m => m.Works) : _members[fault.Target];
        var takenOver = _options.Silos > 1 ? Task.Delay(TakenOver) : Task.CompletedTask;
        if (fault.Kind == FaultKind.KillNode) await member.DisposeAsync();
        else member.Freeze();
        await Task.Delay(fault.Length);
        if (fault.Kind == FaultKind.KillNode) await member.Start();
        else member.Thaw();
        await takenOver;
    }

    async Task Strike(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.RestartPostgres:
                await _postgres!.DownAsync(atOnce: !fault.Gentle);
                break;
            case FaultKind.FillDisk:
                _disk!.Fill();
                break;
            case FaultKind.RestartAsterisk when fault.Gentle:
                Network.Servers[fault.Target].Stop();
                break;
            case FaultKind.RestartAsterisk:
                Network.Servers[fault.Target].Kill();
                break;
            case FaultKind.FreezeAsterisk:
                Network.Servers[fault.Target].Freeze();
                break;
            case FaultKind.CutLink:
                Links[fault.Target].Cut();
                break;
            case FaultKind.HoldToAsterisk or FaultKind.HoldToNode or FaultKind.HoldBoth:
                if (fault.Kind != FaultKind.HoldToNode) Links[fault.Target].ToServer.Hold();
                if (fault.Kind != FaultKind.HoldToAsterisk) Links[fault.Target].ToNode.Hold();
                break;
            case FaultKind.SlowLink:
                Links[fault.Target].ToServer.Delay = Links[fault.Target].ToNode.Delay = fault.Delay;
                break;
        }
    }

    async Task Heal(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.RestartPostgres:
                await _postgres!.UpAsync();
                break;
            case FaultKind.FillDisk:
                _disk!.Empty();
                break;
            case FaultKind.RestartAsterisk:
                Network.Servers[fault.Target].Start();
                break;
            case FaultKind.FreezeAsterisk:
                Network.Servers[fault.Target].Unfreeze();
                break;
            default:
                Links[fault.Target].Mend(fault.Delay);
                break;
        }
    }

    /// <summary>A node that has ended by itself is noted, and started again as its service manager would.</summary>
    public async Task KeepUp()
    {
        foreach (var member in _members.Where(m => m.HasEnded))
        {
            if (_options.Nodes == 1) UnaskedEnds++;
            var outage = Outages.Begin(null);
            await member.DisposeAsync();
            await member.Start();
            outage.End();
        }
    }

    string[] Arguments(int node)
    {
        string[] storage = _postgres is null ? [] : ["--storage", _postgres.ConnectionString()];
        // A member of a cluster is known by where it is reached, and comes back there.
        string[] company = _options.Pair ? ["--standby", "true"]
            : _options.Silos > 1 ? ["--cluster", "chaos", "--Cluster:SiloPort", FreePort(), "--Cluster:GatewayPort", FreePort()] : [];
        return ["--data", _options.Nodes == 1 ? Data : string.Create(CultureInfo.InvariantCulture, $"{Data}{node + 1}"), "--port", $"{(_options.Port == 0 ? 0 : _options.Port + node)}", .. storage, .. company];
    }

    static string FreePort() => Loopback.FreePort().ToString(CultureInfo.InvariantCulture);

    /// <summary>What the node said, all its lives one after another.</summary>
    public async Task<string> Said()
    {
        var logs = Directory.GetFiles(_folder, "node*.log").Order(StringComparer.Ordinal);
        return string.Concat(await Task.WhenAll(logs.Select(async log => $"--- {Path.GetFileName(log)}\n{await File.ReadAllTextAsync(log)}")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members) await member.DisposeAsync();
        foreach (var link in Links) link.Dispose();
        await Network.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _disk?.Dispose();
        _folder.Dispose();
    }
}
