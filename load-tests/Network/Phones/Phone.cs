namespace Carillon.Network;

/// <summary>A desk phone. One line: while it rings or talks for one server, every other one finds it busy.</summary>
public sealed class Phone
{
    readonly TelephoneNetwork _network;
    Channel? _line;
    bool _talking;
    int _calls;

    internal Phone(TelephoneNetwork network, Agent agent)
    {
        (_network, Agent, Endpoint) = (network, agent, agent.Config.Endpoint);
    }

    public string Endpoint { get; }
    public Agent Agent { get; }

    /// <summary>False: switched off, its queues show it unavailable (5).</summary>
    public bool Registered { get; private set; } = true;

    public bool IsBusy => _line is not null;

    /// <summary>As QueueMemberStatus and QueueMember show it.</summary>
    internal int MemberStatus => !Registered ? 5 : _line is null ? 1 : _talking ? 2 : 6;

    internal string DeviceState => MemberStatus switch { 5 => "UNAVAILABLE", 1 => "NOT_INUSE", 2 => "INUSE", _ => "RINGING" };

    public void SwitchOn() => Switch(true);

    public void SwitchOff() => Switch(false);

    void Switch(bool on)
    {
        lock (_network.Gate)
        {
            if (Registered == on) return;
            Registered = on;
            Changed();
            _network.Flush();
        }
    }

    internal IFarEnd Leg() => new PhoneLeg(this);

    void Changed()
    {
        foreach (var server in _network.Servers) server.DeviceChanged(this);
    }

    internal sealed class PhoneLeg(Phone phone) : IFarEnd
    {
        static readonly TimeSpan OnTheWire = TimeSpan.FromMilliseconds(3);
        Alarm? _next;

        public string Endpoint => phone.Endpoint;

        public void Invite(Channel channel)
        {
            if (phone._line is not null || !phone.Registered)
            {
                var (cause, sip) = phone.Registered ? (Causes.UserBusy, 486) : (Causes.NoAnswer, 480);
                After(OnTheWire, () => channel.IsRefused(cause, sip));
                return;
            }
            phone._line = channel;
            phone._talking = false;
            var dice = new Dice(phone._network.Config.Seed, phone.Endpoint, ++phone._calls);
            var ignores = dice.Chance(phone.Agent.Config.Ignores);
            var delay = TimeSpan.FromSeconds(dice.LogNormal(phone.Agent.Config.AnswerDelay.TotalSeconds, 0.4));
            if (delay == TimeSpan.Zero)
            {
                After(OnTheWire, () => Answer(channel));
                return;
            }
            After(OnTheWire, () =>
            {
                channel.IsRinging();
                phone.Changed();
                if (!ignores) After(delay, () => Answer(channel));
            });
        }

        void Answer(Channel channel)
        {
            phone._talking = true;
            channel.IsAnswered();
            phone.Changed();
        }

        public void TalksTo(Channel channel, Channel? other) { }

        public void Ended(Channel channel, int cause)
        {
            _next?.Cancel();
            if (phone._line != channel) return;
            phone._line = null;
            phone._talking = false;
            phone.Changed();
        }

        void After(TimeSpan delay, Action step)
        {
            _next?.Cancel();
            _next = phone._network.Scheduler.After(delay, step);
        }
    }
}
