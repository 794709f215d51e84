using Carillon.Network;

namespace Carillon.RealNode;

/// <summary>A call as the product recorded it.</summary>
sealed record Recorded
{
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Campaign { get; init; }
    public required string Number { get; init; }

    /// <summary>Its id.</summary>
    public required string Server { get; init; }

    /// <summary>Empty while the call has not ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>When the intent was written.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required bool Answered { get; init; }
    public required bool Talked { get; init; }

    public bool Ended => EndedAt is not null;

    /// <summary>Whether it tells what happened: the number, answered or not, talked with an agent or not, which refusal.</summary>
    public bool Says(CallRecord call) =>
        Number == "+" + call.Number && Answered == call.Answered is not null && Talked == call.Connected is not null
        && (call.Answered is not null || Outcome == OutcomeOf(call.Fate));

    /// <summary>What a call is recorded as that was refused so.</summary>
    public static string OutcomeOf(FateKind refusal) => refusal switch
    {
        FateKind.Busy => "Busy",
        FateKind.NoAnswer or FateKind.Unavailable or FateKind.Dead => "NoAnswer",
        FateKind.Rejected => "Rejected",
        FateKind.InvalidNumber => "InvalidNumber",
        FateKind.Congestion => "Congestion",
        _ => "Failed",
    };
}
