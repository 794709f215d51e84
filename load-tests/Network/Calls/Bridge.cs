namespace Carillon.Network;

/// <summary>Two legs that talk to each other.</summary>
sealed class Bridge
{
    readonly Server _server;
    readonly string _id;
    readonly List<Channel> _members = [];
    bool _native;

    public Bridge(Server server)
    {
        _server = server;
        _id = server.NextBridgeId();
        server.Bridges.Add(this);
        Write("BridgeCreate"u8, null);
    }

    public string Id => _id;
    public IReadOnlyList<Channel> Members => _members;

    public void Enter(Channel channel)
    {
        _members.Add(channel);
        channel.Bridge = this;
        Write("BridgeEnter"u8, channel);
        if (_members.Count < 2) return;
        // 22 lets the RTP of two legs pass by itself once both are in.
        _native = _server.Is22;
        _members[0].FarEnd.TalksTo(_members[0], _members[1]);
        _members[1].FarEnd.TalksTo(_members[1], _members[0]);
    }

    public void Leave(Channel channel)
    {
        if (!_members.Remove(channel)) return;
        channel.Bridge = null;
        Write("BridgeLeave"u8, channel);
        channel.FarEnd.TalksTo(channel, null);
        if (_members.Count > 0) return;
        _server.Bridges.Remove(this);
        Write("BridgeDestroy"u8, null);
    }

    void Write(ReadOnlySpan<byte> name, Channel? channel)
    {
        if (_server.Event(EventClass.Call, name) is not { } e) return;
        Describe(e);
        if (channel is not null) e.Snapshot(channel);
        _server.Send(e);
    }

    public AmiText Describe(AmiText text) => text.Line("BridgeUniqueid: "u8, _id)
        .Raw("BridgeType: basic\r\n"u8).Line("BridgeTechnology: "u8, _native ? "native_rtp"u8 : "simple_bridge"u8).Raw("BridgeCreator: <unknown>\r\nBridgeName: <unknown>\r\n"u8)
        .Line("BridgeNumChannels: "u8, _members.Count).Raw("BridgeVideoSourceMode: none\r\n"u8);
}
