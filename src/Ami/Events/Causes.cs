namespace Carillon.Ami.Events;

/// <summary>
/// Causes of <see cref="HangupEvent.Cause"/>: ITU-T Q.850 (https://www.itu.int/rec/T-REC-Q.850), as in Asterisk's causes.h
/// (https://github.com/asterisk/asterisk/blob/master/include/asterisk/causes.h).
/// </summary>
public static class HangupCauses
{
    /// <summary>Asterisk does not know: hung up locally without a cause, or timed out (before Asterisk 18).</summary>
    public const int NotDefined = 0;
    public const int UnallocatedNumber = 1;
    public const int NoRouteToTransitNetwork = 2;
    public const int NoRouteToDestination = 3;
    public const int ChannelUnacceptable = 6;
    public const int NormalClearing = 16;
    public const int UserBusy = 17;
    public const int NoUserResponding = 18;
    public const int NoAnswer = 19;
    public const int SubscriberAbsent = 20;
    public const int CallRejected = 21;
    public const int NumberChanged = 22;
    public const int RedirectedToNewDestination = 23;
    public const int AnsweredElsewhere = 26;
    public const int DestinationOutOfOrder = 27;
    public const int InvalidNumberFormat = 28;
    public const int FacilityRejected = 29;
    public const int NormalUnspecified = 31;
    public const int NormalCircuitCongestion = 34;
    public const int NetworkOutOfOrder = 38;
    public const int NormalTemporaryFailure = 41;
    public const int SwitchCongestion = 42;
    public const int AccessInformationDiscarded = 43;
    public const int RequestedChannelUnavailable = 44;
    public const int FacilityNotSubscribed = 50;
    public const int OutgoingCallsBarred = 52;
    public const int IncomingCallsBarred = 54;
    public const int BearerCapabilityNotAuthorized = 57;
    public const int BearerCapabilityUnavailable = 58;
    public const int BearerCapabilityNotImplemented = 65;
    public const int FacilityNotImplemented = 69;
    public const int InvalidCallReference = 81;
    public const int IncompatibleDestination = 88;
    public const int InvalidMessage = 95;
    public const int MandatoryElementMissing = 96;
    public const int RecoveryOnTimerExpiry = 102;
    public const int ProtocolError = 111;
    public const int Interworking = 127;
}

/// <summary>Values of <see cref="OriginateResponseEvent.Reason"/>: AST_CONTROL_* of Asterisk's frame.h, as pbx_outgoing_attempt reports them.</summary>
public static class OriginateReasons
{
    /// <summary>Any failure that has no number of its own; all failures over PJSIP except the timeout.</summary>
    public const int Failure = 0;
    /// <summary>The caller hung up.</summary>
    public const int HungUp = 1;
    /// <summary>Rang until the timeout.</summary>
    public const int NoAnswer = 3;
    public const int Answered = 4;
    public const int Busy = 5;
    public const int Congestion = 8;
}

/// <summary>Values of <see cref="DialEndEvent.DialStatus"/> (https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/DialEnd/).</summary>
public static class DialStatuses
{
    public const string Answer = "ANSWER";
    public const string Busy = "BUSY";
    public const string NoAnswer = "NOANSWER";
    public const string Cancel = "CANCEL";
    public const string Congestion = "CONGESTION";
    public const string ChanUnavailable = "CHANUNAVAIL";
    public const string Abort = "ABORT";
    public const string Continue = "CONTINUE";
    public const string GoTo = "GOTO";
}
