namespace Carillon.Ami.Events;

/// <summary>A channel under the control of AGI(agi:async).</summary>
public abstract record AsyncAgiEvent : ChannelEvent
{
    protected AsyncAgiEvent() { }
    private protected AsyncAgiEvent(ref HeaderCursor h) : base(ref h) { }
}

public sealed record AsyncAgiStartEvent : AsyncAgiEvent
{
    public AsyncAgiStartEvent() { }
    internal AsyncAgiStartEvent(ref HeaderCursor h) : base(ref h) => Env = h.UrlDecoded("Env"u8);
    public override string Name => "AsyncAGIStart";
    /// <summary>The AGI environment, one "agi_key: value" a line.</summary>
    public string Env { get; init; } = "";
}

public sealed record AsyncAgiExecEvent : AsyncAgiEvent
{
    public AsyncAgiExecEvent() { }

    internal AsyncAgiExecEvent(ref HeaderCursor h) : base(ref h)
    {
        CommandId = h.Text("CommandID"u8);
        Result = h.UrlDecoded("Result"u8);
    }

    public override string Name => "AsyncAGIExec";
    /// <summary>As given in the AGI action.</summary>
    public string CommandId { get; init; } = "";
    /// <summary>The AGI answer, such as "200 result=0".</summary>
    public string Result { get; init; } = "";
}

public sealed record AsyncAgiEndEvent : AsyncAgiEvent
{
    public AsyncAgiEndEvent() { }
    internal AsyncAgiEndEvent(ref HeaderCursor h) : base(ref h) { }
    public override string Name => "AsyncAGIEnd";
}
