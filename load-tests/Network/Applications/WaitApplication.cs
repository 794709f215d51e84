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
