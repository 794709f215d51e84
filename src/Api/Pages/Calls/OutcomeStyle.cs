using Carillon.Api.Pages.Language;
using Carillon.Calls;

namespace Carillon.Api.Pages.Calls;

static class OutcomeStyle
{
    public static string Of(Attempt call) => call.Outcome switch
    {
        _ when call.Abandoned => "bad",
        Outcome.HumanAnswered => "good",
        Outcome.Abandoned or Outcome.Failed or Outcome.Unknown => "bad",
        Outcome.Congestion or Outcome.InvalidNumber => "warn",
        _ => "",
    };
}

/// <summary>Why a call ended, for people: the cause of Q.850 in words, and what else Asterisk said.</summary>
static class CauseWords
{
    public static string Of(EndReason reason, Words w)
    {
        var cause = reason.Cause is { } code ? Name(code) is { } name ? w[name] : w["cause {0}", code] : null;
        // What Asterisk calls the cause says nothing more than the cause.
        return string.Join(" · ", new[] { cause ?? (reason.Text is { } text ? w.Said(text) : null), reason.SipCode is { } sip ? $"SIP {sip}" : null }.Where(p => p is not null));
    }

    static string? Name(int cause) => cause switch
    {
        1 => "No such number",
        16 => "Ended as usual",
        17 => "The line is busy",
        18 or 19 => "Nobody answered",
        20 => "Switched off",
        21 => "The call was rejected",
        22 => "Number changed",
        27 => "Cannot be reached",
        28 => "Number incomplete",
        34 => "No line free",
        38 or 41 or 42 => "The carrier is in trouble",
        _ => null,
    };
}
