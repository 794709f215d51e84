using System.Globalization;
using System.Text.RegularExpressions;

namespace Carillon.Network;

/// <summary>AGI(agi:async): carries out commands one after the other, and looks for them as often as sound arrives.</summary>
sealed partial class AsyncAgiApplication(Channel channel, Action<ApplicationEnd> done) : IApplication
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Sound = TimeSpan.FromSeconds(3);

    readonly Queue<(string Command, string Id)> _commands = new();
    IApplication? _running;
    Alarm? _poll;
    Alarm? _autoHangup;
    bool _over;

    Scheduler Clock => channel.Server.Network.Scheduler;

    public void Start()
    {
        channel.Owner = this;
        channel.Commands = this;
        if (channel.Server.Event(EventClass.Agi, "AsyncAGIStart"u8) is not { } e) return;
        var env = $"agi_request: async\nagi_channel: {channel.Name}\nagi_language: en\nagi_type: PJSIP\nagi_uniqueid: {channel.UniqueId}\n"
            + $"agi_callerid: {channel.CallerNumber}\nagi_calleridname: {channel.CallerName}\nagi_context: {channel.Context}\n"
            + $"agi_extension: {channel.Exten}\nagi_priority: {channel.Priority}\nagi_enhanced: 0.0\nagi_accountcode: \n\n";
        channel.Server.Send(e.Snapshot(channel).Line("Env: "u8, Uri.EscapeDataString(env)));
    }

    public void Add(string command, string id)
    {
        _commands.Enqueue((command, id));
        if (_running is null) _poll ??= Clock.After(Frame, Next);
    }

    void Next()
    {
        _poll = null;
        while (!_over && _running is null && _commands.TryDequeue(out var next)) Run(next.Command, next.Id);
    }

    void Run(string command, string id)
    {
        var words = Words().Matches(command).Select(m => m.Value.Trim('"')).ToList();
        switch (words)
        {
            case ["EXEC", var application, ..] when channel.Server.Config.MissingApplications.Contains(application, StringComparer.OrdinalIgnoreCase):
                Tell(id, "200 result=-2");
                break;
            case ["EXEC", var application, .. var rest]:
                Execute(application, rest.FirstOrDefault() ?? "", id, end => Tell(id, end.Hangup ? "200 result=-1" : "200 result=0"));
                break;
            case ["GET", "OPTION", _, _, var timeout]:
                Execute("Playback", "", id, end => Tell(id, end.Hangup ? "200 result=-1 endpos=8000" : "200 result=0 endpos=24000"),
                    Sound + TimeSpan.FromMilliseconds(int.Parse(timeout, CultureInfo.InvariantCulture)));
                break;
            case ["GET", "FULL", "VARIABLE", var text]:
                Tell(id, $"200 result=1 ({Variables().Replace(text, m => channel.Variable(m.Groups[1].Value))})");
                break;
            case ["SET", "AUTOHANGUP", var seconds]:
                _autoHangup?.Cancel();
                if (seconds != "0") _autoHangup = Clock.After(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), () => channel.Owner.Abort(channel, Causes.Unknown));
                Tell(id, "200 result=0");
                break;
            case ["GOSUB", var context, var exten, var priority] when DialplanRun.Find(channel.Server, context, exten) is not null:
                // It comes back to none of the commands behind it: the simulated dialplan ends with the call.
                Detach();
                new DialplanRun(channel).Start(context, exten, int.Parse(priority, CultureInfo.InvariantCulture));
                break;
            case ["GOSUB", ..]:
                Tell(id, "200 result=-1 Gosub label not found");
                break;
            case ["HANGUP"]:
                Tell(id, "200 result=1");
                End(new(true));
                break;
            default:
                Tell(id, "510 Invalid or unknown command");
                break;
        }
    }

    void Execute(string application, string data, string id, Action<ApplicationEnd> tell, TimeSpan? length = null)
    {
        channel.Enter(application, data, announce: false);
        void Ended(ApplicationEnd end)
        {
            _running = null;
            if (channel.Ended || _over) return;
            if (application.Equals("Playback", StringComparison.OrdinalIgnoreCase)) channel.SetVariable("PLAYBACKSTATUS", "SUCCESS");
            tell(end);
            if (end.Hangup) End(end);
            else
            {
                channel.Owner = this;
                channel.Enter("AGI", "agi:async", announce: false);
                Next();
            }
        }
        var running = length is { } time ? new WaitApplication(channel, time, Ended) : Applications.Create(application, data, channel, Ended);
        _running = running;
        running.Start();
    }

    void Tell(string id, string result)
    {
        if (channel.Server.Event(EventClass.Agi, "AsyncAGIExec"u8) is { } e)
            channel.Server.Send(e.Snapshot(channel).Line("CommandId: "u8, id).Line("Result: "u8, Uri.EscapeDataString(result + "\n")));
    }

    void End(ApplicationEnd end)
    {
        if (_over) return;
        Detach();
        ChannelEvents.Plain(channel, EventClass.Agi, "AsyncAGIEnd"u8);
        done(end);
    }

    public void Ringing(Channel leg) { }

    public void Answered(Channel leg) { }

    public void Refused(Channel leg, int cause, int sip) { }

    public void HungUp(Channel leg)
    {
        ChannelEvents.HangupRequest(channel, Causes.NormalClearing);
        End(new(true, Causes.NormalClearing));
    }

    public void Abort(Channel leg, int cause) => End(new(true, cause, Causes.Sip(cause)));

    public void Detach()
    {
        (_over, channel.Commands) = (true, null);
        _poll?.Cancel();
        _autoHangup?.Cancel();
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variables();
}
