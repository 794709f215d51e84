namespace Carillon.Calls;

/// <summary>
/// Causes that Hangup carries, by ITU-T Q.850 (https://www.itu.int/rec/T-REC-Q.850); Asterisk's own additions are in its include/asterisk/causes.h.
/// </summary>
public static class HangupCause
{
    /// <summary>Asterisk was given none: an AMI Hangup, or the Originate's own timeout on Asterisk 16.</summary>
    public const int None = 0;
    public const int UnallocatedNumber = 1;
    public const int NoRouteToTransitNetwork = 2;
    public const int NoRouteToDestination = 3;
    public const int NormalClearing = 16;
    public const int UserBusy = 17;
    public const int NoUserResponding = 18;
    /// <summary>Also the Originate's own timeout on Asterisk 22.</summary>
    public const int NoAnswer = 19;
    public const int SubscriberAbsent = 20;
    public const int CallRejected = 21;
    public const int NumberChanged = 22;
    public const int DestinationOutOfOrder = 27;
    public const int InvalidNumberFormat = 28;
    public const int FacilityRejected = 29;
    public const int NormalUnspecified = 31;
    public const int NoCircuitAvailable = 34;
    public const int NetworkOutOfOrder = 38;
    public const int TemporaryFailure = 41;
    public const int SwitchingEquipmentCongestion = 42;
    public const int RequestedCircuitNotAvailable = 44;
    public const int ResourceUnavailable = 47;
    public const int BearerCapabilityNotAvailable = 58;
    public const int RecoveryOnTimerExpiry = 102;
    public const int Interworking = 127;
}
