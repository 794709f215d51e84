namespace Carillon.Network;

/// <summary>
/// Numbers that tell their own fate, as in the Asterisk laboratory: <c>OO RR TT n…</c> with at least ten digits.
/// OO is the outcome (see the switch), RR the seconds until answer or refusal, TT the seconds of talk (00: until the caller hangs up).
/// </summary>
public static class NumberPlan
{
    static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(3);

    public static Fate? TryParse(string number)
    {
        if (number.Length < 10 || !number.AsSpan().IsDigits()) return null;
        var kind = number[..2] switch
        {
            "10" or "97" => FateKind.Human,
            "11" => FateKind.Busy,
            "12" => FateKind.NoAnswer,
            "13" => FateKind.Unavailable,
            "14" => FateKind.Congestion,
            "15" => FateKind.InvalidNumber,
            "16" => FateKind.Machine,
            "17" => FateKind.EarlyHangup,
            "22" => FateKind.Rejected,
            "27" => FateKind.OutOfOrder,
            "28" => FateKind.Incomplete,
            "29" => FateKind.NetworkFailure,
            "31" => FateKind.Dead,
            _ => (FateKind?)null,
        };
        if (kind is null) return null;
        var ring = TimeSpan.FromSeconds(Digits(number, 2));
        var talk = TimeSpan.FromSeconds(Digits(number, 4));
        // Without a talk time the line stays open until somebody hangs up: patience must outlast every test.
        var stay = talk > TimeSpan.Zero ? talk : TimeSpan.FromDays(1);
        return kind switch
        {
            FateKind.NoAnswer => new(kind.Value, AtOnce, Timeout.InfiniteTimeSpan, default, default, false),
            FateKind.Dead => new(kind.Value, null, TimeSpan.FromSeconds(32), default, default, false),
            FateKind.EarlyHangup => new(kind.Value, AtOnce, ring, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), false),
            _ => new(kind.Value, ring > TimeSpan.Zero ? AtOnce : null, ring, stay, talk, false),
        };
    }

    static int Digits(string number, int at) => (number[at] - '0') * 10 + number[at + 1] - '0';

    static bool IsDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
