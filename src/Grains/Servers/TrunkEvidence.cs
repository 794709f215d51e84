using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Pacing;

namespace Carillon.Servers;

/// <summary>What a fact of a call says of the trunk that it went by.</summary>
static class TrunkEvidence
{
    /// <summary>A network that has not rung, answered or refused after this long (the post-dial delay) is taken for silent.</summary>
    public static readonly TimeSpan LongestPostDialDelay = TimeSpan.FromSeconds(10);

    /// <summary>Null: nothing. A call that is told of twice counts once, by the first.</summary>
    public static TrunkResult? Of(BoardCall call, CallFact fact) => fact.Kind switch
    {
        CallFactKind.Ringing => TrunkResult.Reached,
        CallFactKind.Answered or CallFactKind.QueueJoined when !call.AgentFirst => TrunkResult.Reached,
        CallFactKind.AgentConnected => TrunkResult.Reached,
        // Asterisk could not even make the channel.
        CallFactKind.OriginateFailed when call is { AgentFirst: false, ChannelName: null } => TrunkResult.Refused,
        CallFactKind.HungUp when !call.AgentFirst || call.CustomerReason is not null => OfCause(fact.Reason),
        _ => null,
    };

    static TrunkResult? OfCause(EndReason? reason) => reason?.Cause switch
    {
        HangupCause.NoRouteToTransitNetwork or HangupCause.NoRouteToDestination or HangupCause.NoCircuitAvailable or HangupCause.NetworkOutOfOrder
            or HangupCause.TemporaryFailure or HangupCause.SwitchingEquipmentCongestion or HangupCause.RequestedCircuitNotAvailable
            or HangupCause.ResourceUnavailable or HangupCause.RecoveryOnTimerExpiry => TrunkResult.Refused,
        // SIP's own timeout.
        HangupCause.NoUserResponding => TrunkResult.Silent,
        // Originate's own, 0 on Asterisk 16, says nothing; if it was silent until then, that was noticed before.
        null or HangupCause.None or HangupCause.NoAnswer => null,
        _ => TrunkResult.Reached,
    };

    /// <summary>183: the network sends sound of its own, or says that it goes on.</summary>
    public static bool IsProgress(DialStateEvent e) => e.DialStatus is "PROGRESS" or "PROCEEDING" or "RINGING";
}
