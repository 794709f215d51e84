using System.Text;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

public class EventDecodingTests
{
    [Fact]
    public void A_hangup_has_its_channel_its_parties_and_its_causes()
    {
        var hangup = Decode<HangupEvent>(
            "Event: Hangup\r\nPrivilege: call,all\r\nChannel: PJSIP/carrier-0000002a\r\nChannelState: 6\r\nChannelStateDesc: Up\r\n" +
            "CallerIDNum: 990000000002\r\nCallerIDName: O\\'Brien \\\"Bob\\\"\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\n" +
            "AccountCode: \r\nContext: dial-out\r\nExten: 99\r\nPriority: 4\r\nUniqueid: m-0002-2\r\nLinkedid: m-0002-1\r\nCause: 17\r\nCause-txt: User busy\r\nTechCause: 486 Busy here\r\n\r\n");

        Assert.Equal(new HangupEvent
        {
            Epoch = 5,
            Channel = "PJSIP/carrier-0000002a",
            State = ChannelState.Up,
            CallerIdNum = "990000000002",
            CallerIdName = "O'Brien \"Bob\"",
            Context = "dial-out",
            Exten = "99",
            UniqueId = "m-0002-2",
            LinkedId = "m-0002-1",
            Cause = HangupCauses.UserBusy,
            CauseText = "User busy",
            TechCause = "486 Busy here",
        }, hangup);
    }

    [Fact]
    public void An_OriginateResponse_is_an_event_although_it_carries_a_response()
    {
        var response = Decode<OriginateResponseEvent>(
            "Response: Failure\r\nEvent: OriginateResponse\r\nActionID: a-1\r\nChannel: PJSIP/1@t\r\nReason: 3\r\nUniqueid: <unknown>\r\n" +
            "ChanVariable(PJSIP/t-0000002a): A=1\r\nChanVariable(PJSIP/t-0000002a): B=x\\'y\r\n\r\n");

        Assert.False(response.Success);
        Assert.Equal(("a-1", 3, ""), (response.ActionId, response.Reason, response.UniqueId));
        Assert.Equal([new("A", "1"), new("B", "x'y")], response.Variables);
    }

    [Fact]
    public void A_row_of_CoreShowChannels_has_its_repeated_variables_and_its_duration()
    {
        var row = Decode<CoreShowChannelEvent>(
            "Event: CoreShowChannel\r\nChannel: Local/1@x-1;1\r\nUniqueid: u\r\nChanVariable: A=1\r\nChanVariable: B=2=3\r\nApplication: Queue\r\nDuration: 25:01:02\r\nBridgeId: \r\n\r\n");

        Assert.Equal([new("A", "1"), new("B", "2=3")], row.Variables);
        Assert.Equal(new TimeSpan(25, 1, 2), row.Duration);
        Assert.Equal("Queue", row.Application);
    }

    [Fact]
    public void A_member_reads_the_same_from_an_event_and_from_a_row()
    {
        const string state = "StateInterface: PJSIP/9101\r\nMembership: dynamic\r\nPenalty: 1\r\nCallsTaken: 14\r\nLastCall: 1795304972\r\nLastPause: 0\r\nLoginTime: 1795304807\r\nInCall: 1\r\nStatus: 2\r\nPaused: 1\r\nPausedReason: break\r\nRinginuse: 0\r\nWrapuptime: 0\r\n\r\n";
        QueueMemberState fromEvent = Decode<QueueMemberPauseEvent>("Event: QueueMemberPause\r\nQueue: sales\r\nMemberName: Agent 1\r\nInterface: Local/9101@agents\r\n" + state);
        QueueMemberState fromRow = Decode<QueueMemberEvent>("Event: QueueMember\r\nQueue: sales\r\nName: Agent 1\r\nLocation: Local/9101@agents\r\n" + state);

        foreach (var member in new[] { fromEvent, fromRow })
        {
            Assert.Equal(("sales", "Agent 1", "Local/9101@agents", "PJSIP/9101"), (member.Queue, member.MemberName, member.Interface, member.StateInterface));
            Assert.Equal((MemberStatus.InUse, true, true, "break"), (member.Status, member.InCall, member.Paused, member.PausedReason));
            Assert.Equal((1795304972L, 14, 1), (member.LastCall, member.CallsTaken, member.Penalty));
        }
    }

    [Fact]
    public void Keys_have_no_case_and_their_order_does_not_matter()
    {
        var abandon = Decode<QueueCallerAbandonEvent>("EVENT: queuecallerabandon\r\nHOLDTIME: 5\r\nqueue: sales\r\nUNIQUEID: u1\r\nChannel:PJSIP/x\r\n\r\n");
        Assert.Equal(("sales", 5, "u1", "PJSIP/x"), (abandon.Queue, abandon.HoldTime, abandon.UniqueId, abandon.Channel));
    }

    [Fact]
    public void A_key_that_only_begins_alike_is_another_key()
    {
        var end = Decode<DialEndEvent>("Event: DialEnd\r\nDestChannel: d\r\nChannelState: 6\r\nDestUniqueid: du\r\nDialStatus: BUSY\r\n\r\n");
        Assert.Equal(("", "d", "", "du", DialStatuses.Busy), (end.Channel, end.DestChannel, end.UniqueId, end.DestUniqueId, end.DialStatus));
    }

    [Fact]
    public void Headers_that_come_and_go_or_change_places_are_found_in_every_event()
    {
        var kind = new EventCatalog(AmiEventNames.Dialer, AmiEventNames.Droppable).Find("DialEnd"u8)!;
        string[] orders =
        [
            "Channel: c\r\nUniqueid: u\r\nDestChannel: d\r\nDestUniqueid: e\r\nDialStatus: BUSY\r\n",
            "DestChannel: d\r\nDestUniqueid: e\r\nDialStatus: BUSY\r\nChannel: c\r\nUniqueid: u\r\n",
            "DialStatus: BUSY\r\nX: Channel: x\r\nX: 1\r\nUniqueid: u\r\nDestUniqueid: e\r\nChannel: c\r\nDestChannel: d\r\n",
        ];
        for (var i = 0; i < 20; i++)
        {
            var without = i % 4 == 0;
            var text = orders[i % 3].Replace(without ? "Channel: c\r\n" : "?", "", StringComparison.Ordinal);
            Assert.True(Reader($"Event: DialEnd\r\n{text}\r\n").TryRead(out var frame));
            var headers = new HeaderCursor(frame, new TextCache(), 1);
            var end = Assert.IsType<DialEndEvent>(kind.Decode(ref headers));
            Assert.Equal((without ? "" : "c", "u", "d", "e", DialStatuses.Busy), (end.Channel, end.UniqueId, end.DestChannel, end.DestUniqueId, end.DialStatus));
        }
    }

    [Fact]
    public void The_first_of_two_headers_of_a_user_event_counts_wherever_it_was_before()
    {
        var kind = new EventCatalog(AmiEventNames.Dialer, AmiEventNames.Droppable).Find("UserEvent"u8)!;
        foreach (var text in new[] { "A: 1\r\nB: 1\r\nUniqueid: true\r\nUserEvent: E\r\n", "Uniqueid: true\r\nUserEvent: E\r\nUniqueid: forged\r\n" })
        {
            Assert.True(Reader($"Event: UserEvent\r\n{text}\r\n").TryRead(out var frame));
            var headers = new HeaderCursor(frame, new TextCache(), 1);
            Assert.Equal("true", Assert.IsType<UserEvent>(kind.Decode(ref headers)).UniqueId);
        }
    }

    [Fact]
    public void An_event_without_a_class_keeps_all_its_headers_in_order()
    {
        var untyped = Decode<UntypedEvent>("Event: MusicOnHoldStart\r\nChannel: c\r\nX: 1\r\nX: 2\r\n\r\n", "MusicOnHoldStart");
        Assert.Equal("MusicOnHoldStart", untyped.Name);
        Assert.Equal(["1", "2"], untyped.Headers.All("x"));
        Assert.Equal(["Event", "Channel", "X", "X"], untyped.Headers.Select(h => h.Key));
        Assert.Equal("", untyped.Headers["Missing"]);
    }

    [Fact]
    public void A_user_event_keeps_its_own_keys()
    {
        var user = Decode<UserEvent>("Event: UserEvent\r\nUniqueid: u\r\nUserEvent: Amd\r\nStatus: HUMAN\r\n\r\n");
        Assert.Equal(("Amd", "HUMAN", "u"), (user.Kind, user.Headers["Status"], user.UniqueId));
    }

    [Fact]
    public void Async_AGI_results_are_URL_decoded() =>
        Assert.Equal("200 result=0\n", Decode<AsyncAgiExecEvent>("Event: AsyncAGIExec\r\nCommandID: c\r\nResult: 200%20result%3D0%0A\r\n\r\n").Result);

    [Fact]
    public void Output_of_a_command_reads_the_same_in_both_ways_of_sending_it()
    {
        Assert.Equal(["one", "", "three: 3"], Headers("Response: Follows\r\nPrivilege: Command\r\nActionID: 1\r\none\n\nthree: 3--END COMMAND--\r\n\r\n").All("Output"));
        Assert.Equal(["one", "", "three: 3"], Headers("Response: Success\r\nActionID: 1\r\nOutput: one\r\nOutput: \r\nOutput: three: 3\r\n\r\n").All("Output"));
    }

    [Theory]
    [InlineData(@"O\'Brien", "O'Brien")]
    [InlineData(@"a\\b\n\t\""", "a\\b\n\t\"")]
    [InlineData(@"end\", @"end\")]
    [InlineData("plain", "plain")]
    public void C_escapes_are_undone(string escaped, string plain) => Assert.Equal(plain, CEscapes.Undo(escaped));

    [Fact]
    public void Text_is_UTF8_and_what_is_not_keeps_every_byte()
    {
        var cache = new TextCache();
        Assert.Equal("Иван", cache.Get("Иван"u8));
        Assert.Equal("Иван", cache.Get("Иван"u8));
        Assert.Equal([0xC8, 0xE2, 0xE0, 0xED], Encoding.Latin1.GetBytes(cache.Get([0xC8, 0xE2, 0xE0, 0xED])));
    }

    [Fact]
    public void Cached_texts_are_the_values_that_were_asked_for()
    {
        var cache = new TextCache();
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < 20_000; i++)
            {
                var text = $"pbx1-1795304625.{i}";
                Assert.Equal(text, cache.Get(Encoding.ASCII.GetBytes(text)));
            }
        var bytes = "PJSIP/trunk-00000001"u8;
        Assert.Same(cache.Get(bytes), cache.Get(bytes));
    }

    [Fact]
    public void A_cached_text_is_not_taken_for_other_bytes_of_the_same_length()
    {
        var cache = new TextCache();
        foreach (var text in new[] { "abcdefghij", "abcdefghiJ", "Abcdefghij", "abcdefgh", "abcdefg" })
            for (var round = 0; round < 2; round++) Assert.Equal(text, cache.Get(Encoding.ASCII.GetBytes(text)));
        Assert.Equal("\u00c3\u00a9 as Latin-1".Length, cache.Get(Encoding.UTF8.GetBytes("\u00c3\u00a9 as Latin-1")).Length);
        Assert.Equal("\u00e9 as Latin-1", cache.Get([0xC3, 0xA9, .. " as Latin-1"u8]));
    }

    internal static T Decode<T>(string text, params string[] asked) where T : AmiEvent
    {
        var catalog = new EventCatalog([.. AmiEventNames.Dialer, .. asked], AmiEventNames.Droppable);
        var reader = Reader(text);
        Assert.True(reader.TryRead(out var frame));
        var headers = new HeaderCursor(frame, new TextCache(), epoch: 5);
        Assert.True(headers.Find("Event"u8, out var name));
        return Assert.IsType<T>(catalog.Find(name)!.Decode(ref headers));
    }

    static AmiHeaders Headers(string text)
    {
        Assert.True(Reader(text).TryRead(out var frame));
        return AmiHeaders.Copy(frame);
    }

    static FrameReader Reader(string text)
    {
        var reader = new FrameReader(4096, 16384);
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(reader.GetMemory());
        reader.Advance(bytes.Length);
        return reader;
    }
}
