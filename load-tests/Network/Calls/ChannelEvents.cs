namespace Carillon.Network;

/// <summary>Channel snapshots as Asterisk writes them into events.</summary>
static class ChannelEvents
{
    public static void Plain(Channel channel, EventClass eventClass, ReadOnlySpan<byte> name)
    {
        if (channel.Server.Event(eventClass, name) is { } e) channel.Server.Send(e.Snapshot(channel));
    }

    public static AmiText Snapshot(this AmiText text, Channel channel) => Snapshot(text, channel, default);

    public static AmiText Snapshot(this AmiText text, Channel channel, ReadOnlySpan<byte> prefix)
    {
        text.Raw(prefix).Line("Channel: "u8, channel.Name);
        text.Raw(prefix).Line("ChannelState: "u8, (int)channel.State);
        text.Raw(prefix).Line("ChannelStateDesc: "u8, channel.State switch
        {
            ChannelState.Ringing => "Ringing"u8,
            ChannelState.Up => "Up"u8,
            ChannelState.Ring => "Ring"u8,
            _ => "Down"u8,
        });
        text.Raw(prefix).Line("CallerIDNum: "u8, channel.CallerNumber);
        text.Raw(prefix).EscapedLine("CallerIDName: "u8, channel.CallerName);
        text.Raw(prefix).Line("ConnectedLineNum: "u8, channel.ConnectedNumber);
        text.Raw(prefix).EscapedLine("ConnectedLineName: "u8, channel.ConnectedName);
        text.Raw(prefix).Raw("Language: en\r\n"u8);
        text.Raw(prefix).Raw("AccountCode: \r\n"u8);
        text.Raw(prefix).Line("Context: "u8, channel.Context);
        text.Raw(prefix).Line("Exten: "u8, channel.Exten);
        text.Raw(prefix).Line("Priority: "u8, channel.Priority);
        text.Raw(prefix).Line("Uniqueid: "u8, channel.UniqueId);
        text.Raw(prefix).Line("Linkedid: "u8, channel.LinkedId);
        foreach (var name in channel.Server.Config.ChannelVariables)
        {
            text.Raw(prefix).EscapedLine("ChanVariable: "u8, $"{name}={channel.Variable(name)}");
        }
        return text;
    }

    /// <summary>DialBegin, DialState or DialEnd; an originated leg has no dialing channel, so only the Dest keys are there.</summary>
    public static void Dial(ReadOnlySpan<byte> name, Channel? from, Channel to, ReadOnlySpan<byte> lastKey, string lastValue)
    {
        if (to.Server.Event(EventClass.Call, name) is not { } e) return;
        if (from is not null) e.Snapshot(from);
        to.Server.Send(e.Snapshot(to, "Dest"u8).Line(lastKey, lastValue));
    }

    public static void DialBegin(Channel? from, Channel to, string dialString) => Dial("DialBegin"u8, from, to, "DialString: "u8, dialString);

    public static void DialState(Channel? from, Channel to, string status) => Dial("DialState"u8, from, to, "DialStatus: "u8, status);

    public static void DialEnd(Channel? from, Channel to, string status) => Dial("DialEnd"u8, from, to, "DialStatus: "u8, status);

    /// <summary>The far end hung up. 16 leaves Cause out when the carrier sends a Reason header.</summary>
    public static void HangupRequest(Channel channel, int cause, int sip = 0)
    {
        if (channel.Server.Event(EventClass.Call, "HangupRequest"u8) is not { } e) return;
        e.Snapshot(channel);
        if (channel.Server.Is22)
        {
            e.Line("Cause: "u8, cause);
            if (sip != 0) e.Line("TechCause: "u8, sip);
        }
        channel.Server.Send(e);
    }

    public static void SoftHangupRequest(Channel channel, int cause)
    {
        if (channel.Server.Event(EventClass.Call, "SoftHangupRequest"u8) is { } e) channel.Server.Send(e.Snapshot(channel).Line("Cause: "u8, cause));
    }

    public static void NewCallerId(Channel channel)
    {
        if (channel.Server.Event(EventClass.Call, "NewCallerid"u8) is { } e)
        {
            channel.Server.Send(e.Snapshot(channel).Raw("CID-CallingPres: 0 (Presentation Allowed, Not Screened)\r\n"u8));
        }
    }

    /// <param name="peer">The leg that was called by this one, or null.</param>
    /// <param name="disposition">As the CDR of this pair of legs ended.</param>
    public static void Cdr(Channel channel, Channel? peer, string disposition, DateTimeOffset? answered)
    {
        if (channel.Server.Event(EventClass.Cdr, "Cdr"u8) is not { } e) return;
        var now = channel.Server.Now;
        var caller = channel.CallerNumber == Channel.NoId ? "" : channel.CallerNumber;
        e.Raw("AccountCode: \r\n"u8).Line("Source: "u8, caller).Line("Destination: "u8, channel.Exten).Line("DestinationContext: "u8, channel.Context)
            .Line("CallerID: "u8, $"\"{channel.CallerName}\" <{caller}>").Line("Channel: "u8, channel.Name).Line("DestinationChannel: "u8, peer?.Name ?? "")
            .Line("LastApplication: "u8, channel.Application).Line("LastData: "u8, channel.Data)
            .Line("StartTime: "u8, Stamp(channel.Created)).Line("AnswerTime: "u8, answered is { } at ? Stamp(at) : "").Line("EndTime: "u8, Stamp(now))
            .Line("Duration: "u8, (long)(now - channel.Created).TotalSeconds).Line("BillableSeconds: "u8, answered is { } from ? (long)(now - from).TotalSeconds : 0)
            .Line("Disposition: "u8, disposition).Raw("AMAFlags: DOCUMENTATION\r\n"u8).Line("UniqueID: "u8, channel.UniqueId).Raw("UserField: \r\n"u8);
        channel.Server.Send(e);
    }

    static string Stamp(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
