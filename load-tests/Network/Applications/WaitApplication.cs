namespace Carillon.Network;

/// <summary>Something that takes a while or lasts until somebody hangs up: Wait, Playback, Echo.</summary>
class WaitApplication(Channel channel, TimeSpan? duration, Action<ApplicationEnd> done) : IApplication
{
    Alarm? _end;

    protected Channel Channel => channel;

    public virtual void Start()
    {
        channel.Owner = this;
        if (duration is not { } length) return;
        if (length == TimeSpan.Zero) done(new(false));
        else _end = channel.Server.Network.Scheduler.After(length, () => Finish(new(false)));
    }

    public void Ringing(Channel leg) { }

    public void Answered(Channel leg) { }

    public void Refused(Channel leg, int cause, int sip) { }

    public void HungUp(Channel leg)
    {
        ChannelEvents.HangupRequest(channel, Causes.NormalClearing);
        Finish(new(true, Causes.NormalClearing));
    }

    public void Abort(Channel leg, int cause) => Finish(new(true, cause, Causes.Sip(cause)));

    public void Detach() => _end?.Cancel();

    protected virtual void Finish(ApplicationEnd end)
    {
        _end?.Cancel();
        done(end);
    }
}

/// <summary>AGI(agi:async): waits for commands; none are run here, the caller decides by hanging up.</summary>
sealed class AsyncAgiApplication(Channel channel, string data, Action<ApplicationEnd> done)
    : WaitApplication(channel, data.StartsWith("agi:async", StringComparison.OrdinalIgnoreCase) ? null : TimeSpan.Zero, done)
{
    public override void Start()
    {
        if (Channel.Server.Event(EventClass.Agi, "AsyncAGIStart"u8) is { } e)
        {
            var env = $"agi_request: async\nagi_channel: {Channel.Name}\nagi_language: en\nagi_type: PJSIP\nagi_uniqueid: {Channel.UniqueId}\n"
                + $"agi_callerid: {Channel.CallerNumber}\nagi_calleridname: {Channel.CallerName}\nagi_context: {Channel.Context}\n"
                + $"agi_extension: {Channel.Exten}\nagi_priority: {Channel.Priority}\nagi_enhanced: 0.0\nagi_accountcode: \n\n";
            Channel.Server.Send(e.Snapshot(Channel).Line("Env: "u8, Uri.EscapeDataString(env)));
        }
        base.Start();
    }

    protected override void Finish(ApplicationEnd end)
    {
        ChannelEvents.Plain(Channel, EventClass.Agi, "AsyncAGIEnd"u8);
        base.Finish(end);
    }
}
