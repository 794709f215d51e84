using System.Diagnostics;
using Carillon.Chaos.Audit;
using Carillon.Chaos.Faults;
using Carillon.Chaos.Links;

namespace Carillon.Chaos;

/// <summary>Breaking it, and noting what that hides.</summary>
sealed partial class Rig
{
    /// <summary>A cluster has found a dead member out by then, and given what it held to others.</summary>
    static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(15);

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    readonly List<TimeSpan> _takeovers = [];
    readonly List<string> _badLeaves = [];

    /// <summary>Times that a node ended although nobody had killed it: of several, because others have taken its place.</summary>
    public int UnaskedEnds { get; private set; }

    /// <summary>Nodes that took longer to leave than a service manager waits, or said that something was wrong.</summary>
    public IReadOnlyList<string> BadLeaves => _badLeaves;

    /// <summary>Of a pair: how long it took from each kill or freeze of the node at work until one listened again.</summary>
    public IReadOnlyList<TimeSpan> Takeovers => _takeovers;

    /// <summary>Starts the fault, holds it, and heals it.</summary>
    /// <param name="fault">What strikes.</param>
    /// <param name="alone">Nothing else strikes meanwhile.</param>
    public async Task Suffer(Fault fault, bool alone)
    {
        // A restart of PostgreSQL may make the standby the one that works.
        // A cluster sees and writes down all that happens while one of its members leaves in good order.
        var handsOver = fault.Kind == FaultKind.LeaveNode && _options.Silos > 1 && alone;
        var outage = fault.Blinds && !handsOver || _options.Pair ? Outages.Begin(OutageOf(fault)) : null;
        if (fault.IsOfNode) await SufferNode(fault);
        else
        {
            await Strike(fault);
            await Task.Delay(fault.Length);
            await Heal(fault);
        }
        await UntilOneWorks();
        outage?.End(Now);
    }

    /// <summary>Those between nodes that the fault strikes, and their directions as the struck node sees them.</summary>
    IEnumerable<(Way Way, Direction To, Direction From)> WaysOf(Fault fault) =>
        fault.Kind == FaultKind.PartPeers ? [_peers!.Between(fault.Target, (fault.Target + 1) % _options.Silos)] : _peers!.WaysOf(fault.Target);

    Link LinkOf(Fault fault) => fault.IsOfStoreLink ? _storeLinks[fault.Target] : Links[fault.Target];

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    Outage OutageOf(Fault fault) => new(fault.IsOfServer ? Network.Servers[fault.Target].Name : null, Now)
    {
        EndsCalls = fault.Kind == FaultKind.RestartAsterisk,
        IsOfNode = fault.IsOfNode,
        IsExcuse = fault.IsOfServer || fault.IsOfStore || _options.Nodes == 1,
    };

    async Task UntilOneWorks()
    {
        while (!_members.Any(m => m.Works)) await Task.Delay(Look);
    }

    /// <summary>Of a pair, the one that works is struck; a cluster may hide for a while what a lost member held, whether or not that is back.</summary>
    async Task SufferNode(Fault fault)
    {
        var member = _options.Pair ? _members.First(m => m.Works) : _members[fault.Target];
        var takenOver = _options.Silos > 1 && fault.Kind != FaultKind.LeaveNode ? Task.Delay(TakenOver) : Task.CompletedTask;
        if (fault.Kind == FaultKind.FreezeNode) member.Freeze();
        else if (fault.Kind == FaultKind.KillNode) await member.DisposeAsync();
        else if (await member.Leave() is not 0 and var code) _badLeaves.Add($"{fault}: {(code is null ? "it had to be killed" : $"it ended with {code}")}");
        var frozen = fault.Kind == FaultKind.FreezeNode;
        // Who stands still for less than that may well be at work again itself.
        var again = _options.Pair && (fault.Kind == FaultKind.KillNode || frozen && fault.Length > Bars.Takeover)
            ? NoteTakeover(frozen ? _members.Single(m => m != member) : null, Stopwatch.GetTimestamp(), fault.Length) : Task.CompletedTask;
        await Task.Delay(fault.Length);
        if (frozen) member.Thaw();
        else await member.Start();
        await Task.WhenAll(takenOver, again);
        if (_options.Pair && frozen) await UntilOneOfPairIsLeft();
    }

    /// <param name="other">Who must listen; null: either.</param>
    /// <param name="since">When the one at work was struck.</param>
    /// <param name="frozenFor">By then the struck one has woken, if it was frozen.</param>
    async Task NoteTakeover(Member? other, long since, TimeSpan frozenFor)
    {
        while (!_members.Any(m => m.Works && (other is null || m == other)) && (other is null || Stopwatch.GetElapsedTime(since) < frozenFor)) await Task.Delay(Look);
        _takeovers.Add(Stopwatch.GetElapsedTime(since));
    }

    /// <summary>Who has woken and finds another one at work ends.</summary>
    async Task UntilOneOfPairIsLeft()
    {
        while (_members.Count(m => m.Works) > 1) await Task.Delay(Look);
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
            case FaultKind.CutLink or FaultKind.CutStore:
                LinkOf(fault).Cut();
                break;
            case FaultKind.HoldToAsterisk or FaultKind.HoldToStore:
                LinkOf(fault).ToServer.Hold();
                break;
            case FaultKind.HoldToNode or FaultKind.HoldFromStore:
                LinkOf(fault).ToNode.Hold();
                break;
            case FaultKind.HoldBoth:
                LinkOf(fault).ToServer.Hold();
                LinkOf(fault).ToNode.Hold();
                break;
            case FaultKind.SlowLink or FaultKind.SlowStore:
                LinkOf(fault).ToServer.Delay = LinkOf(fault).ToNode.Delay = fault.Delay;
                break;
            default:
                foreach (var (way, to, from) in WaysOf(fault)) StrikePeers(fault, way, to, from);
                break;
        }
    }

    static void StrikePeers(Fault fault, Way way, Direction to, Direction from)
    {
        if (fault.Kind == FaultKind.CutPeers) way.Cut();
        else if (fault.IsSlow) to.Delay = from.Delay = fault.Delay;
        else
        {
            if (fault.Kind != FaultKind.HoldFromPeers) to.Hold();
            if (fault.Kind != FaultKind.HoldToPeers) from.Hold();
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
            case var _ when fault.IsOfPeers:
                foreach (var (way, _, _) in WaysOf(fault)) way.Mend(fault.Delay);
                break;
            default:
                LinkOf(fault).Mend(fault.Delay);
                break;
        }
    }

    /// <summary>A node that has ended by itself is noted, and started again as its service manager would.</summary>
    public async Task KeepUp()
    {
        foreach (var member in _members.Where(m => m.HasEnded))
        {
            UnaskedEnds++;
            var outage = Outages.Begin(new(null, Now) { IsOfNode = true, IsExcuse = _options.Nodes == 1 });
            await member.DisposeAsync();
            await member.Start();
            outage.End(Now);
        }
    }
}
