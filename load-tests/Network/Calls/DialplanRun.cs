namespace Carillon.Network;

/// <summary>Steps of one extension, run on a channel one after the other.</summary>
sealed class DialplanRun(Channel channel)
{
    Extension? _extension;
    int _next;

    public static Extension? Find(Server server, string context, string exten) => server.Config.Dialplan.FirstOrDefault(e => e.Matches(context, exten));

    public void Start(string context, string exten, int priority)
    {
        (channel.Context, channel.Exten, channel.Priority) = (context, exten, priority);
        _extension = Find(channel.Server, context, exten);
        _next = priority - 1;
        Step();
    }

    void Step()
    {
        if (channel.Ended) return;
        if (_extension is null || _next >= _extension.Steps.Count)
        {
            HangUp(new(true, Causes.NormalClearing));
            return;
        }
        var step = _extension.Steps[_next++];
        channel.Priority = _next;
        var open = step.IndexOf('(', StringComparison.Ordinal);
        var application = step[..open];
        var data = step[(open + 1)..^1].Replace("${EXTEN}", channel.Exten, StringComparison.Ordinal);
        channel.Enter(application, data, announce: true);
        if (application is "Answer") channel.MoveTo(ChannelState.Up);
        Applications.Create(application, data, channel, End).Start();
    }

    void End(ApplicationEnd end)
    {
        if (end.Hangup) HangUp(end);
        else if (channel.State == ChannelState.Up || _extension is not null && _next < _extension.Steps.Count && end.Cause == Causes.Unknown) Step();
        else HangUp(end with { Cause = end.Cause == Causes.Unknown ? Causes.NormalClearing : end.Cause });
    }

    void HangUp(ApplicationEnd end)
    {
        if (channel.Ended) return;
        ChannelEvents.SoftHangupRequest(channel, Causes.NormalClearing);
        ChannelEvents.Cdr(channel, null, channel.State == ChannelState.Up ? "ANSWERED" : "NO ANSWER", channel.AnsweredAt);
        channel.End(end.Cause, end.Sip);
    }
}
