namespace Carillon.Network;

/// <summary>A way out of one server. Its calls meet the fate of the number they go to.</summary>
public sealed class Trunk
{
    readonly Server _server;
    readonly HashSet<Channel> _ringing = [];
    int _up;

    internal Trunk(Server server, TrunkConfig config)
    {
        _server = server;
        Config = config;
    }

    public TrunkConfig Config { get; }
    public string Name => Config.Name;

    /// <summary>Calls out now, ringing or answered.</summary>
    public int Active { get; private set; }

    /// <summary>Refused because the trunk was full or dropped.</summary>
    public long Refused { get; private set; }

    /// <summary>Every new call meets 503.</summary>
    public bool Dropped { get; internal set; }

    /// <summary>What Asterisk thinks of the far side (<see cref="Server.Qualify"/>).</summary>
    public bool Reachable { get; internal set; } = true;

    internal IFarEnd Leg(string number) => new TrunkLeg(this, number);

    sealed class TrunkLeg(Trunk trunk, string number) : IFarEnd
    {
        Fate _fate = null!;
        CallRecord? _record;
        Alarm? _next;
        bool _talking;
        bool _counted;
        bool _isUp;

        public FateKind? Answerer => _isUp ? _fate.Kind : null;

        static Scheduler Clock(Channel channel) => channel.Server.Network.Scheduler;

        public void Invite(Channel channel)
        {
            (_fate, var attempt) = channel.Server.Network.Meet(number);
            _record = new CallRecord
            {
                Server = channel.Server.Name,
                Trunk = trunk.Name,
                Number = number,
                Attempt = attempt,
                UniqueId = channel.UniqueId,
                LinkedId = channel.LinkedId,
                Fate = _fate.Kind,
                Placed = channel.Server.Now,
            };
            channel.Server.Network.Log.Place(_record);
            if (trunk.Dropped || trunk.Active >= trunk.Config.Capacity)
            {
                trunk.Refused++;
                After(channel, TimeSpan.FromMilliseconds(5), () => channel.IsRefused(Causes.Congestion, 503));
                return;
            }
            _counted = true;
            trunk.Active++;
            if (_fate.RingingAfter is { } soon && (soon < _fate.DecidedAfter || _fate.DecidedAfter < TimeSpan.Zero)) After(channel, soon, () => Ring(channel));
            else After(channel, _fate.DecidedAfter, () => Decide(channel));
        }

        void Ring(Channel channel)
        {
            _record!.Ringing = channel.Server.Now;
            trunk._ringing.Add(channel);
            channel.IsRinging();
            trunk._server.DeviceChanged(trunk);
            if (_fate.DecidedAfter >= TimeSpan.Zero) After(channel, _fate.DecidedAfter - _fate.RingingAfter!.Value, () => Decide(channel));
        }

        void Decide(Channel channel)
        {
            if (!_fate.Answers)
            {
                var (cause, sip) = _fate.Refusal;
                channel.IsRefused(cause, sip);
                return;
            }
            trunk._ringing.Remove(channel);
            trunk._up++;
            _isUp = true;
            channel.Server.Network.Log.Answer(_record!, channel.Server.Now);
            After(channel, _fate.Patience, () => channel.HasHungUp());
            channel.IsAnswered();
            trunk._server.DeviceChanged(trunk);
        }

        public void TalksTo(Channel channel, Channel? other)
        {
            if (_talking || AgentOf(other) is not { FarEnd: Phone.PhoneLeg agent } phone) return;
            _talking = true;
            channel.Server.Network.Log.Connect(_record!, agent.Endpoint, channel.Server.Now);
            if (_fate.Talk <= TimeSpan.Zero) return;
            if (_fate.AgentEnds) After(channel, _fate.Talk, () => phone.HasHungUp());
            else After(channel, _fate.Talk, () => channel.HasHungUp());
        }

        /// <summary>The phone's leg, also behind the halves of a Local channel.</summary>
        static Channel? AgentOf(Channel? other) =>
            other?.FarEnd is LocalHalf half ? half.Other.Bridge?.Members.FirstOrDefault(m => m != half.Other) : other;

        public void Ended(Channel channel, int cause)
        {
            _next?.Cancel();
            trunk._ringing.Remove(channel);
            if (_counted) trunk.Active--;
            if (_isUp) trunk._up--;
            if (_record is not null) channel.Server.Network.Log.End(_record, cause, channel.Server.Now);
            trunk._server.DeviceChanged(trunk);
        }

        /// <summary>A leg waits for one thing at a time: the new step replaces the old one.</summary>
        void After(Channel channel, TimeSpan delay, Action step)
        {
            _next?.Cancel();
            _next = Clock(channel).After(delay, step);
        }
    }

    string _deviceState = "NOT_INUSE";

    internal string DeviceState => (_ringing.Count > 0, _up > 0) switch
    {
        (true, true) => "RINGINUSE",
        (true, false) => "RINGING",
        (false, true) => "INUSE",
        _ => Reachable ? "NOT_INUSE" : "UNAVAILABLE",
    };

    internal bool DeviceStateMoved()
    {
        var state = DeviceState;
        if (state == _deviceState) return false;
        _deviceState = state;
        return true;
    }

    internal void Reset()
    {
        _ringing.Clear();
        _up = 0;
        Active = 0;
        _deviceState = "NOT_INUSE";
    }
}
