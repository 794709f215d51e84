using Carillon.Api.Pages.Language;
using Carillon.Calls;

namespace Carillon.Api.Pages.Calls;

/// <summary>Why a call ended, for people: the cause of Q.850 in words, and what else Asterisk said.</summary>
static class CauseWords
{
    public static string Of(EndReason reason, Words w)
    {
        // 0 is how Asterisk says that it knows of none.
        var cause = reason.Cause is { } code and not 0 ? Name(code) is { } name ? w[name] : w["cause {0}", code] : null;
        // What Asterisk calls the cause says nothing more than the cause.
        return string.Join(" · ", new[] { cause ?? (reason.Text is { } text ? w.Said(text) : null), reason.SipCode is { } sip ? $"SIP {sip}" : null }.Where(p => p is not null));
    }

    /// <summary>Of the causes that Asterisk knows (its <c>causes.h</c>, after ITU-T Q.850, table 1).</summary>
    public static string? Name(int cause) => cause switch
    {
        1 => "No such number",
        2 => "The carrier that was named is not known",
        3 => "No way to this number",
        5 => "Wrong prefix",
        6 or 66 => "The line cannot be used",
        7 => "The call went to a line that was up",
        8 or 45 => "Another call took the line",
        14 => "The number was ported away",
        16 => "Ended as usual",
        17 => "The line is busy",
        18 or 19 => "Nobody answered",
        20 => "Switched off",
        21 => "The call was rejected",
        22 => "Number changed",
        23 => "Sent on to another number",
        26 => "Answered elsewhere",
        27 => "Cannot be reached",
        28 => "Number incomplete",
        29 => "The carrier refused what the call asked for",
        30 => "Answer to a question about the line's state",
        31 => "Ended without a reason given",
        34 => "No line free",
        38 or 41 or 42 => "The carrier is in trouble",
        43 => "Part of the call's data was lost",
        44 => "The line that was asked for is not free",
        50 => "The carrier's contract does not have this service",
        52 => "Outgoing calls are barred",
        54 => "Incoming calls are barred",
        57 => "This kind of call is not allowed",
        58 => "This kind of call is not possible now",
        65 => "The carrier does not know this kind of call",
        69 => "The carrier does not have this service",
        81 => "The carrier does not know this call",
        88 => "The other side cannot take this call: codecs do not match",
        95 or 96 or 97 or 98 or 99 or 100 or 101 or 103 or 111 => "The two sides did not understand each other",
        102 => "The other side did not answer in time",
        127 => "Ended beyond the carrier's network, no reason known",
        _ => null,
    };
}
