namespace Carillon.Network;

/// <summary>One extension of the dialplan: a context, a name or pattern, and its steps "Application(data)". ${EXTEN} is put in.</summary>
public sealed record Extension(string Context, string Pattern, params IReadOnlyList<string> Steps)
{
    /// <summary>The contexts of the Asterisk laboratory that need no more than the simulated applications.</summary>
    public static IReadOnlyList<Extension> Standard { get; } =
    [
        new("dial-out", "_X.", "NoOp(out ${EXTEN})", "Dial(PJSIP/${EXTEN}@carrier,60,g)", "Hangup()"),
        new("dialer", "queue", "Queue(sales,tT,,,30)", "Playback(sorry)", "Hangup()"),
        new("dialer", "wait", "Answer()", "Wait(3600)", "Hangup()"),
        new("dialer", "short", "Answer()", "Wait(2)", "Hangup()"),
        new("dialer", "message", "Answer()", "Playback(message)", "Hangup()"),
        new("dialer", "agi", "Answer()", "AGI(agi:async)", "Hangup()"),
        new("agents", "_9XXX", "Dial(PJSIP/${EXTEN},30)", "Hangup()"),
        new("agents", "_9XXXX", "Dial(PJSIP/${EXTEN},30)", "Hangup()"),
    ];

    public bool Matches(string context, string exten)
    {
        if (Context != context) return false;
        if (Pattern[0] != '_') return Pattern == exten;
        for (var i = 1; i < Pattern.Length; i++)
        {
            if (Pattern[i] == '.') return exten.Length >= i;
            if (exten.Length < i || !Fits(Pattern[i], exten[i - 1])) return false;
        }
        return exten.Length == Pattern.Length - 1;
    }

    static bool Fits(char pattern, char digit) => pattern switch
    {
        'X' => digit is >= '0' and <= '9',
        'Z' => digit is >= '1' and <= '9',
        'N' => digit is >= '2' and <= '9',
        _ => pattern == digit,
    };
}
