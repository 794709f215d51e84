namespace Carillon.Network;

public enum FateKind
{
    /// <summary>A person answers, talks to whoever is there, and hangs up when nobody comes.</summary>
    Human,
    /// <summary>An answering machine: answers, plays its greeting, records and hangs up.</summary>
    Machine,
    /// <summary>Answers and hangs up at once.</summary>
    EarlyHangup,
    Busy,
    /// <summary>Rings until the caller gives up.</summary>
    NoAnswer,
    /// <summary>The network gives up the ringing: 480.</summary>
    Unavailable,
    Rejected,
    InvalidNumber,
    Congestion,
    OutOfOrder,
    Incomplete,
    NetworkFailure,
    /// <summary>Nothing ever comes back; SIP times out after 32 s.</summary>
    Dead,
}

/// <summary>What one call to a number meets. All times are simulated time.</summary>
/// <param name="RingingAfter">From INVITE to the first ringing, or null when it never rings.</param>
/// <param name="DecidedAfter">From INVITE to answer or refusal; infinite for a number that rings for ever.</param>
/// <param name="Patience">How long an answered person stays without anybody talking to him.</param>
/// <param name="Talk">How long the talk lasts once an agent is there; <see cref="TimeSpan.Zero"/> is until the other side hangs up.</param>
/// <param name="AgentEnds">The agent hangs up first.</param>
public sealed record Fate(FateKind Kind, TimeSpan? RingingAfter, TimeSpan DecidedAfter, TimeSpan Patience, TimeSpan Talk, bool AgentEnds)
{
    public bool Answers => Kind is FateKind.Human or FateKind.Machine or FateKind.EarlyHangup;

    /// <summary>Q.850 cause and SIP code with which the number refuses.</summary>
    public (int Cause, int Sip) Refusal => Kind switch
    {
        FateKind.Busy => (Causes.UserBusy, 486),
        FateKind.Unavailable => (Causes.NoAnswer, 480),
        FateKind.Rejected => (Causes.CallRejected, 403),
        FateKind.InvalidNumber => (Causes.UnallocatedNumber, 404),
        FateKind.Congestion => (Causes.Congestion, 503),
        FateKind.OutOfOrder => (Causes.DestinationOutOfOrder, 502),
        FateKind.Incomplete => (Causes.InvalidNumberFormat, 484),
        FateKind.NetworkFailure => (Causes.NetworkOutOfOrder, 500),
        FateKind.Dead => (Causes.NoUserResponse, 408),
        _ => (Causes.NormalClearing, 0),
    };

    /// <summary>The fate of the given call to a number: a pure function, so that a run can be checked call by call.</summary>
    /// <param name="attempt">1 for the first call to this number.</param>
    public static Fate Of(long seed, string number, int attempt, FateConfig config) =>
        config.ByPrefix && NumberPlan.TryParse(number) is { } planned ? planned : config.Draw(new Dice(seed, number, attempt));
}
