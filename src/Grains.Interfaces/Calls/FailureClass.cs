namespace Carillon.Calls;

/// <summary>
/// The outcome of a call that nobody answered: by the hangup cause, which is the same on every supported Asterisk; then by the SIP code; then by
/// the DialStatus, which says NOANSWER of much that is not. Null where the value decides nothing.
/// </summary>
static class FailureClass
{
    public static Outcome? ByCause(int? cause) => cause switch
    {
        HangupCause.UserBusy => Outcome.Busy,
        HangupCause.NoUserResponding or HangupCause.NoAnswer => Outcome.NoAnswer,
        HangupCause.CallRejected => Outcome.Rejected,
        HangupCause.UnallocatedNumber or HangupCause.InvalidNumberFormat or HangupCause.NumberChanged => Outcome.InvalidNumber,
        HangupCause.NoRouteToTransitNetwork or HangupCause.NoRouteToDestination or HangupCause.SubscriberAbsent or HangupCause.DestinationOutOfOrder
            or HangupCause.FacilityRejected or HangupCause.NoCircuitAvailable or HangupCause.NetworkOutOfOrder or HangupCause.TemporaryFailure
            or HangupCause.SwitchingEquipmentCongestion or HangupCause.RequestedCircuitNotAvailable or HangupCause.ResourceUnavailable
            or HangupCause.BearerCapabilityNotAvailable or HangupCause.RecoveryOnTimerExpiry or HangupCause.Interworking => Outcome.Congestion,
        _ => null,
    };

    /// <summary>https://www.rfc-editor.org/rfc/rfc3261#section-21</summary>
    public static Outcome? BySip(int? code) => code switch
    {
        486 or 600 => Outcome.Busy,
        408 or 480 or 487 => Outcome.NoAnswer,
        401 or 403 or 407 or 603 => Outcome.Rejected,
        404 or 410 or 484 or 604 => Outcome.InvalidNumber,
        >= 500 and < 600 => Outcome.Congestion,
        _ => null,
    };

    /// <summary>https://docs.asterisk.org/Latest_API/API_Documentation/Dialplan_Applications/Dial/</summary>
    public static Outcome? ByDialStatus(string? status) => status?.ToUpperInvariant() switch
    {
        "BUSY" => Outcome.Busy,
        "NOANSWER" or "CANCEL" => Outcome.NoAnswer,
        "CONGESTION" or "CHANUNAVAIL" => Outcome.Congestion,
        "DONTCALL" or "TORTURE" => Outcome.Rejected,
        "INVALIDARGS" => Outcome.Failed,
        _ => null,
    };
}
