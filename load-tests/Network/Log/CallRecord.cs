namespace Carillon.Network;

/// <summary>One call out to a number, as the network saw it. Times are the network's clock; null means that it never happened.</summary>
public sealed class CallRecord
{
    public required string Server { get; init; }
    public required string Trunk { get; init; }
    public required string Number { get; init; }

    /// <summary>Which call to this number it is, from 1.</summary>
    public required int Attempt { get; init; }
    public required string UniqueId { get; init; }
    public required string LinkedId { get; init; }
    public required FateKind Fate { get; init; }
    public required DateTimeOffset Placed { get; init; }
    public DateTimeOffset? Ringing { get; internal set; }
    public DateTimeOffset? Answered { get; internal set; }

    /// <summary>Endpoint of the agent that the number talked to.</summary>
    public string? Agent { get; internal set; }
    public DateTimeOffset? Connected { get; internal set; }
    public DateTimeOffset? Ended { get; internal set; }
    public int Cause { get; internal set; }

    /// <summary>Answered by a person who never got an agent.</summary>
    public bool Abandoned => Fate == FateKind.Human && Answered is not null && Connected is null && Ended is not null;
}
