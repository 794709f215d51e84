using System.Globalization;
using Carillon.Chaos.Faults;
using Carillon.Chaos.Links;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Chaos;

/// <summary>A real node, the simulated network, and all between them that can break.</summary>
sealed class Rig : IAsyncDisposable
{
    /// <summary>As a service manager does: what cannot start yet is started again, until then.</summary>
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    static readonly TimeSpan StartPause = TimeSpan.FromSeconds(1);

    readonly string _folder;
    readonly PrivatePostgres? _postgres;
    readonly SmallDisk? _disk;
    readonly Dictionary<Fault, Outage> _outages = [];
    NodeProcess? _node;
    NodeApi? _api;
    string? _key;
    int _starts;

    Rig(ChaosOptions options, string folder, PrivatePostgres? postgres)
    {
        (_folder, _postgres) = (folder, postgres);
        Directory.CreateDirectory(Data);
        if (postgres is null) _disk = SmallDisk.Mount(Data);
        Network = new TelephoneNetwork(Floor.Network(options)).Start();
        Links = [.. Network.Servers.Select(s => new AmiLink(s.AmiEndPoint))];
    }

    public TelephoneNetwork Network { get; }
    public IReadOnlyList<AmiLink> Links { get; }
    public Outages Outages { get; } = new();

    /// <summary>Of the node as it is now.</summary>
    public NodeApi Api => _api ?? throw new InvalidOperationException("The node is down.");

    /// <summary>Times that the node ended although nobody had killed it.</summary>
    public int UnaskedEnds { get; private set; }

    string Data => Path.Combine(_folder, "data");

    public static async Task<Rig> StartAsync(ChaosOptions options)
    {
        var postgres = options.Storage == "postgres" ? await PrivatePostgres.StartAsync() : null;
        var rig = new Rig(options, Directory.CreateTempSubdirectory("carillon-chaos-").FullName, postgres);
        try
        {
            await rig.StartNode();
            rig.UseKey(await Setup.SignIn(rig.Api));
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
        if (fault.Blinds) _outages[fault] = Outages.Begin(fault.IsOfServer ? Network.Servers[fault.Target].Name : null, fault.Kind == FaultKind.RestartAsterisk);
        await Strike(fault);
        await Task.Delay(fault.Length);
        await Heal(fault);
        if (_outages.Remove(fault, out var outage)) outage.End();
    }

    async Task Strike(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillNode:
                await EndNode();
                break;
            case FaultKind.FreezeNode:
                _node!.Freeze();
                break;
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
            case FaultKind.KillNode:
                await StartNode();
                break;
            case FaultKind.FreezeNode:
                _node!.Thaw();
                break;
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
        if (_node is { HasExited: false }) return;
        UnaskedEnds++;
        var outage = Outages.Begin(null);
        await EndNode();
        await StartNode();
        outage.End();
    }

    async Task StartNode()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                await StartOnce(limit.Token);
                break;
            }
            catch (NodeRefused) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(StartPause, limit.Token);
            }
        }
        _api = new(_node!.Url);
        if (_key is not null) _api.UseKey(_key);
    }

    async Task StartOnce(CancellationToken cancel)
    {
        string[] storage = _postgres is null ? [] : ["--storage", _postgres.ConnectionString()];
        var environment = new Dictionary<string, string> { ["CARILLON_ADMIN_PASSWORD"] = Setup.Password, ["Logging__LogLevel__Default"] = "Warning", ["Logging__LogLevel__Carillon.Servers"] = "Information" };
        var log = string.Create(CultureInfo.InvariantCulture, $"node-{++_starts:000}.log");
        _node = await NodeProcess.StartAsync(["--data", Data, "--port", "0", .. storage], environment, Path.Combine(_folder, log), cancel);
    }

    /// <summary>By SIGKILL.</summary>
    async Task EndNode()
    {
        if (_node is not null) await _node.DisposeAsync();
        _api?.Dispose();
        (_node, _api) = (null, null);
    }

    void UseKey(string key) => Api.UseKey(_key = key);

    /// <summary>What the node said, all its lives one after another.</summary>
    public async Task<string> Said()
    {
        var logs = Directory.GetFiles(_folder, "node-*.log").Order(StringComparer.Ordinal);
        return string.Concat(await Task.WhenAll(logs.Select(async log => $"--- {Path.GetFileName(log)}\n{await File.ReadAllTextAsync(log)}")));
    }

    public async ValueTask DisposeAsync()
    {
        await EndNode();
        foreach (var link in Links) link.Dispose();
        await Network.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _disk?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
