using System.Collections.Immutable;
using System.Globalization;

namespace Carillon.Chaos.Faults;

enum FaultKind
{
    /// <summary>SIGKILL, and a new start.</summary>
    KillNode,
    /// <summary>SIGSTOP, then SIGCONT.</summary>
    FreezeNode,
    /// <summary>SIGTERM: it hands over what it holds and ends, and is started again.</summary>
    LeaveNode,
    /// <summary>PostgreSQL is stopped and started: in good order, or at once.</summary>
    RestartPostgres,
    /// <summary>The disk that holds the SQLite file is full.</summary>
    FillDisk,
    /// <summary>An Asterisk is stopped, in good order or by SIGKILL, and started: its calls are gone.</summary>
    RestartAsterisk,
    /// <summary>An Asterisk hangs: it takes what is sent and answers later.</summary>
    FreezeAsterisk,
    /// <summary>AMI connections are reset and new ones too.</summary>
    CutLink,
    /// <summary>Nothing reaches Asterisk; what it says arrives.</summary>
    HoldToAsterisk,
    /// <summary>Nothing reaches the node; what it says arrives.</summary>
    HoldToNode,
    HoldBoth,
    SlowLink,
    /// <summary>Connections of a node to PostgreSQL are reset and new ones too.</summary>
    CutStore,
    /// <summary>Nothing of a node reaches PostgreSQL; what that says arrives.</summary>
    HoldToStore,
    /// <summary>Nothing of PostgreSQL reaches a node; what that says arrives.</summary>
    HoldFromStore,
    SlowStore,
    /// <summary>Connections of a node with the others of its cluster are reset and new ones too.</summary>
    CutPeers,
    /// <summary>Nothing of a node reaches the others; what they say arrives.</summary>
    HoldToPeers,
    /// <summary>Nothing of the others reaches a node; what it says arrives.</summary>
    HoldFromPeers,
    HoldPeers,
    /// <summary>Nothing gets through between a node and the next one, which both reach the others.</summary>
    PartPeers,
    SlowPeers,
}

/// <param name="Target">Which node or server, from 0; 0 for what there is one of.</param>
/// <param name="Length">From strike to healing.</param>
/// <param name="Gentle">In good order, where the kind knows the difference.</param>
/// <param name="Delay">Of each packet on a slow link; of what was held, how much later than new connections it goes on.</param>
sealed record Fault(FaultKind Kind, int Target, TimeSpan Length, bool Gentle, TimeSpan Delay)
{
    public bool IsOfNode => Kind is FaultKind.KillNode or FaultKind.FreezeNode or FaultKind.LeaveNode;
    public bool IsOfStore => Kind is FaultKind.RestartPostgres or FaultKind.FillDisk;
    public bool IsOfStoreLink => Kind is FaultKind.CutStore or FaultKind.HoldToStore or FaultKind.HoldFromStore or FaultKind.SlowStore;
    public bool IsOfPeers => Kind is FaultKind.CutPeers or FaultKind.HoldToPeers or FaultKind.HoldFromPeers or FaultKind.HoldPeers or FaultKind.PartPeers or FaultKind.SlowPeers;
    public bool IsOfServer => !IsOfNode && !IsOfStore && !IsOfStoreLink && !IsOfPeers;
    public bool IsSlow => Kind is FaultKind.SlowLink or FaultKind.SlowStore or FaultKind.SlowPeers;

    /// <summary>A node cannot see what happens on its servers while this lasts, or cannot write it down.</summary>
    public bool Blinds => !IsOfStore && !IsSlow;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Kind}{(IsOfStore ? "" : $" {Target + 1}")}{(Gentle && Kind is FaultKind.RestartPostgres or FaultKind.RestartAsterisk ? " in good order" : "")} for {Length.TotalSeconds:0.0} s{(IsSlow ? $", {Delay.TotalMilliseconds:0} ms a packet" : "")}");
}

/// <summary>After a pause these strike together; the next step waits until calls are placed again.</summary>
sealed record Step(TimeSpan Pause, ImmutableArray<Fault> Faults)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"after {Pause.TotalSeconds:0.0} s {string.Join(" and ", Faults)}");
}
