namespace Carillon.Network;

/// <summary>Q.850 causes (ITU-T Q.850, table 1) with the names that Asterisk prints.</summary>
public static class Causes
{
    public const int Unknown = 0;
    public const int UnallocatedNumber = 1;
    public const int NormalClearing = 16;
    public const int UserBusy = 17;
    public const int NoUserResponse = 18;
    public const int NoAnswer = 19;
    public const int CallRejected = 21;
    public const int AnsweredElsewhere = 26;
    public const int DestinationOutOfOrder = 27;
    public const int InvalidNumberFormat = 28;
    public const int Congestion = 34;
    public const int NetworkOutOfOrder = 38;

    public static string Text(int cause) => cause switch
    {
        UnallocatedNumber => "Unallocated (unassigned) number",
        NormalClearing => "Normal Clearing",
        UserBusy => "User busy",
        NoUserResponse => "No user responding",
        NoAnswer => "User alerting, no answer",
        CallRejected => "Call Rejected",
        AnsweredElsewhere => "Answered elsewhere",
        DestinationOutOfOrder => "Destination out of order",
        InvalidNumberFormat => "Invalid number format",
        Congestion => "Circuit/channel congestion",
        NetworkOutOfOrder => "Network out of order",
        _ => "Unknown",
    };

    /// <summary>SIP code that Asterisk's PJSIP sends for a cause when it hangs up itself.</summary>
    public static int Sip(int cause) => cause switch
    {
        UserBusy => 486,
        NoAnswer => 480,
        CallRejected => 403,
        UnallocatedNumber => 404,
        Congestion => 503,
        _ => 0,
    };

    /// <summary>DialStatus of a dialed leg that refused with this cause.</summary>
    public static string DialStatus(int cause) => cause switch
    {
        UserBusy => "BUSY",
        Congestion => "CONGESTION",
        _ => "NOANSWER",
    };
}
