using System.IO.Compression;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

/// <summary>Bytes as two real servers sent them (Asterisk 22.10 and 16.28), read in pieces of any size.</summary>
public class RecordingTests
{
    // Counted in the recordings with grep -c '^Event: …'.
    static readonly Dictionary<string, int> Mixed22 = new()
    {
        ["VarSet"] = 5843,
        ["CoreShowChannel"] = 1946,
        ["Newexten"] = 998,
        ["DeviceStateChange"] = 482,
        ["Newstate"] = 381,
        ["Newchannel"] = 319,
        ["Hangup"] = 319,
        ["Cdr"] = 275,
        ["DialBegin"] = 219,
        ["DialEnd"] = 198,
        ["BridgeEnter"] = 136,
        ["BridgeLeave"] = 136,
        ["OriginateResponse"] = 100,
        ["UserEvent"] = 52,
        ["QueueMemberStatus"] = 52,
        ["QueueEntry"] = 57,
        ["QueueMember"] = 33,
        ["QueueParams"] = 11,
        ["QueueCallerJoin"] = 40,
        ["QueueCallerLeave"] = 40,
        ["QueueCallerAbandon"] = 26,
        ["AgentCalled"] = 19,
        ["AgentConnect"] = 14,
        ["AgentComplete"] = 14,
        ["QueueMemberAdded"] = 3,
        ["QueueMemberRemoved"] = 3,
        ["FullyBooted"] = 1,
    };

    static readonly Dictionary<string, int> Queue16 = new()
    {
        ["VarSet"] = 7540,
        ["CoreShowChannel"] = 516,
        ["Newexten"] = 843,
        ["Newstate"] = 496,
        ["Newchannel"] = 283,
        ["Hangup"] = 283,
        ["DialBegin"] = 283,
        ["DialEnd"] = 279,
        ["OriginateResponse"] = 200,
        ["QueueEntry"] = 331,
        ["QueueMember"] = 105,
        ["QueueMemberStatus"] = 234,
        ["QueueMemberPause"] = 10,
        ["AgentCalled"] = 83,
        ["AgentConnect"] = 70,
        ["AgentComplete"] = 70,
        ["AgentRingNoAnswer"] = 2,
        ["QueueCallerAbandon"] = 87,
        ["BridgeEnter"] = 140,
    };

    [Theory]
    [InlineData("ami-mixed-22.log.gz", 14_398, 166, int.MaxValue)]
    [InlineData("ami-mixed-22.log.gz", 14_398, 166, 1)]
    [InlineData("ami-mixed-22.log.gz", 14_398, 166, 1461)]
    [InlineData("ami-queue-16.log.gz", 16_736, 280, int.MaxValue)]
    [InlineData("ami-queue-16.log.gz", 16_736, 280, 509)]
    public void Every_message_of_a_recording_is_read_and_none_is_damaged(string file, int events, int responses, int size)
    {
        var (counts, answers, damaged) = Read(file, size);

        Assert.Equal(0, damaged);
        Assert.Equal(responses, answers);
        Assert.Equal(events, counts.Values.Sum());
        foreach (var (name, count) in file.Contains("22", StringComparison.Ordinal) ? Mixed22 : Queue16) Assert.Equal((name, count), (name, counts[name]));
    }

    [Fact]
    public void Every_call_of_a_recording_has_its_ends()
    {
        var decoded = Decode("ami-mixed-22.log.gz");
        var begun = decoded.OfType<NewchannelEvent>().Select(e => e.UniqueId).ToHashSet();
        var ended = decoded.OfType<HangupEvent>().Select(e => e.UniqueId).ToHashSet();

        Assert.Equal(319, begun.Count);
        Assert.Equal(begun, ended);
        Assert.All(decoded.OfType<OriginateResponseEvent>(), e => Assert.Contains(e.UniqueId, begun));
        Assert.All(decoded.OfType<BridgeEnterEvent>(), e => Assert.Contains(e.UniqueId, begun));
        Assert.All(decoded.OfType<AgentConnectEvent>(), e => Assert.Equal("sales", e.Queue));
    }

    static (Dictionary<string, int> Events, int Responses, long Damaged) Read(string file, int size)
    {
        var counts = new Dictionary<string, int>();
        var (responses, cache) = (0, new TextCache());
        var reader = new FrameReader(128 << 10, 1 << 20);
        Walk(file, size, reader, (in frame) =>
        {
            var headers = new HeaderCursor(frame, cache, 1);
            if (headers.Find("Event"u8, out var name)) counts[TextCache.Decode(name)] = counts.GetValueOrDefault(TextCache.Decode(name)) + 1;
            else responses++;
        });
        return (counts, responses, reader.Damaged);
    }

    static List<AmiEvent> Decode(string file)
    {
        var catalog = new EventCatalog(AmiEventNames.Dialer, AmiEventNames.Droppable);
        var (cache, decoded) = (new TextCache(), new List<AmiEvent>());
        Walk(file, int.MaxValue, new FrameReader(128 << 10, 1 << 20), (in frame) =>
        {
            var headers = new HeaderCursor(frame, cache, 1);
            if (headers.Find("Event"u8, out var name) && catalog.Find(name) is { Wanted: true } kind) decoded.Add(kind.Decode(ref headers));
        });
        return decoded;
    }

    delegate void Visit(in Frame frame);

    static void Walk(string file, int size, FrameReader reader, Visit visit)
    {
        using var recording = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "recordings", file)), CompressionMode.Decompress)) packed.CopyTo(recording);
        recording.Position = 0;
        var greeted = false;
        while (true)
        {
            var memory = reader.GetMemory();
            var received = recording.Read(memory.Span[..Math.Min(size, memory.Length)]);
            if (received == 0) return;
            reader.Advance(received);
            if (!greeted && !(greeted = reader.TryReadGreeting(out _))) continue;
            while (reader.TryRead(out var frame)) visit(frame);
        }
    }
}
