namespace Carillon.Network;

/// <summary>
/// One half of a Local channel. The first (;1) is what the originator holds; the second (;2) runs the dialplan at exten@context and answers, or not, for the first.
/// </summary>
sealed class LocalHalf : IFarEnd
{
    readonly LocalHalf? _first;

    public LocalHalf() { }

    LocalHalf(LocalHalf first) => _first = first;

    public Channel Self { get; private set; } = null!;
    public Channel Other { get; private set; } = null!;

    /// <summary>The second half, begun right after the first one's Newchannel.</summary>
    public void BeginOther(Channel first, string otherId)
    {
        var far = new LocalHalf(this);
        (Self, Other) = (first, new Channel(first.Server, first.Name[..^1] + "2", otherId, first.LinkedId)
        {
            FarEnd = far,
            Owner = new Unowned(),
            Context = first.Context,
            Exten = first.Exten,
        });
        (far.Self, far.Other) = (Other, first);
        Other.Begin(ChannelState.Ring);
    }

    /// <summary>Caller ids of the second half, then LocalBridge.</summary>
    public void Join()
    {
        (Other.CallerNumber, Other.CallerName) = (Self.CallerNumber, Self.CallerName);
        ChannelEvents.NewCallerId(Other);
        (Other.ConnectedNumber, Other.ConnectedName) = (Self.ConnectedNumber, Self.ConnectedName);
        ChannelEvents.Plain(Other, EventClass.Call, "NewConnectedLine"u8);
        if (Self.Server.Event(EventClass.Call, "LocalBridge"u8) is not { } e) return;
        Self.Server.Send(e.Snapshot(Self, "LocalOne"u8).Snapshot(Other, "LocalTwo"u8)
            .Line("Context: "u8, Self.Context).Line("Exten: "u8, Self.Exten).Raw("LocalOptimization: Yes\r\n"u8));
    }

    public void Invite(Channel channel) => new DialplanRun(Other).Start(Other.Context, Other.Exten, 1);

    /// <summary>What the second half's Dial reached rings.</summary>
    public void OtherRings() => Other.IsRinging();

    public void OtherAnswered() => Other.IsAnswered();

    public void TalksTo(Channel channel, Channel? other)
    {
        if (Other?.Bridge?.Members.FirstOrDefault(m => m != Other) is { } far) far.FarEnd.TalksTo(far, other);
    }

    public void Ended(Channel channel, int cause)
    {
        if (Other is null || Other.Ended) return;
        if (_first is null) Other.HasHungUp();
        else if (Other.State == ChannelState.Up) Other.HasHungUp();
        else Other.IsRefused(cause, 0);
    }

    sealed class Unowned : IChannelOwner
    {
        public void Ringing(Channel channel) { }
        public void Answered(Channel channel) { }
        public void Refused(Channel channel, int cause, int sip) { }
        public void HungUp(Channel channel) => channel.End(Causes.NormalClearing);
        public void Abort(Channel channel, int cause) => channel.End(cause);
    }
}
