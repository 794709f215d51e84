namespace Carillon.Ami.Events;

/// <summary>
/// One event. Texts are never null: a missing header, and Asterisk's "&lt;unknown&gt;", read as "". Missing numbers read as 0.
/// </summary>
public abstract record AmiEvent : AmiSignal
{
    protected AmiEvent() { }

    private protected AmiEvent(ref HeaderCursor h) => Epoch = h.Epoch;

    /// <summary>The name as Asterisk sends it.</summary>
    public abstract string Name { get; }
}

/// <summary>An event without a class of its own: its headers, parsed when they are read.</summary>
public sealed record UntypedEvent(string EventName, AmiHeaders Headers) : AmiEvent
{
    public override string Name => EventName;
}
