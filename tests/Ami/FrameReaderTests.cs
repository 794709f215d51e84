using System.Text;

namespace Carillon.Ami.Tests;

public class FrameReaderTests
{
    const string Stream =
        "Event: Newchannel\r\nChannel: PJSIP/a-1\r\nCallerIDName: Иван O\\'Brien\r\nAccountCode: \r\n\r\n" +
        "Response: Success\r\nActionID: 7\r\nOutput: one\r\nOutput: two\r\n\r\n" +
        "Event: OriginateResponse\r\nResponse: Failure\r\nReason: 3\r\n\r\n" +
        "Event: CoreShowChannelMapComplete\r\nListItems: 0\r\n\n" +
        "garbage: first\r\nEvent: lost\r\n\r\n" +
        "Response: Follows\r\nPrivilege: Command\r\nActionID: 8\r\nline one\n\nline three\n--END COMMAND--\r\n\r\n" +
        "\r\n\r\nevent: Hangup\r\nCause: 16\r\n\r\n" +
        "Event: CutOff\r\nThis: tail has no end";

    static readonly string[] Expected = Read(Encoding.UTF8.GetBytes(Stream), int.MaxValue);

    [Fact]
    public void A_stream_becomes_its_messages_and_damage_is_counted()
    {
        var reader = new FrameReader(4096, 16384);
        var messages = Read(Encoding.UTF8.GetBytes(Stream), int.MaxValue, reader);

        Assert.Equal(6, messages.Length);
        Assert.StartsWith("Event: Newchannel|Channel: PJSIP/a-1|CallerIDName: Иван", messages[0], StringComparison.Ordinal);
        Assert.Contains("line one||line three|--END COMMAND--", messages[4], StringComparison.Ordinal);
        Assert.Equal("event: Hangup|Cause: 16", messages[5]);
        Assert.Equal(1, reader.Damaged);
    }

    [Fact]
    public void A_split_at_any_offset_changes_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var at = 0; at <= bytes.Length; at++)
        {
            var reader = new FrameReader(4096, 16384);
            string[] messages = [.. Read(bytes[..at], int.MaxValue, reader), .. Read(bytes[at..], int.MaxValue, reader)];
            Assert.Equal(Expected, messages);
            Assert.Equal(1, reader.Damaged);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Small_reads_change_nothing(int size) => Assert.Equal(Expected, Read(Encoding.UTF8.GetBytes(Stream), size));

    [Fact]
    public void Bare_line_feeds_give_the_same_messages()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(Expected, Read(bytes, int.MaxValue));
        Assert.Equal(Expected, Read(bytes, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(32768)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void A_value_of_any_length_arrives_whole_however_it_is_read(int length)
    {
        var value = new string('v', length);
        var bytes = Encoding.UTF8.GetBytes($"Event: VarSet\r\nVariable: X\r\nValue: {value}\r\n\r\nEvent: Hangup\r\nCause: 1\r\n\r\n");
        foreach (var size in new[] { int.MaxValue, 1, 1000, 65536 })
            Assert.Equal([$"Event: VarSet|Variable: X|Value: {value}", "Event: Hangup|Cause: 1"], Read(bytes, size, new FrameReader(128 << 10, 1 << 20)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void An_overlong_line_damages_its_message_only(int size)
    {
        var reader = new FrameReader(1024, 4096);
        var bytes = Encoding.UTF8.GetBytes($"Event: A\r\n\r\nEvent: B\r\nValue: {new string('x', 3000)}\r\nMore: 1\r\n\r\nEvent: C\r\n\r\n");

        Assert.Equal(["Event: A", "Event: C"], Read(bytes, size, reader));
        Assert.Equal(1, reader.Damaged);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void An_overlong_message_is_damage_and_is_not_buffered(int size)
    {
        var reader = new FrameReader(1024, 4096);
        var lines = string.Concat(Enumerable.Repeat("Key: value\r\n", 5000));

        Assert.Equal(["Event: C"], Read(Encoding.UTF8.GetBytes($"Event: B\r\n{lines}\r\nEvent: C\r\n\r\n"), size, reader));
        Assert.Equal(1, reader.Damaged);
    }

    [Fact]
    public void The_greeting_is_one_line_without_an_empty_one()
    {
        var reader = new FrameReader(1024, 4096);
        Feed(reader, "Asterisk Call Man"u8);
        Assert.False(reader.TryReadGreeting(out _));
        Feed(reader, "ager/11.0.0\r\nEvent: A\r\n\r\n"u8);

        Assert.True(reader.TryReadGreeting(out var greeting));
        Assert.Equal("Asterisk Call Manager/11.0.0", greeting);
        Assert.True(reader.TryRead(out var frame));
        Assert.Equal("Event: A", Encoding.UTF8.GetString(frame[0]));
    }

    [Fact]
    public void A_greeting_without_end_is_given_up()
    {
        var reader = new FrameReader(1024, 4096);
        Feed(reader, Encoding.ASCII.GetBytes(new string('x', 300)));
        Assert.True(reader.TryReadGreeting(out var greeting));
        Assert.Null(greeting);
    }

    static void Feed(FrameReader reader, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(reader.GetMemory().Span);
        reader.Advance(bytes.Length);
    }

    static string[] Read(byte[] bytes, int size, FrameReader? reader = null)
    {
        reader ??= new FrameReader(4096, 16384);
        var messages = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var memory = reader.GetMemory();
            var length = Math.Min(Math.Min(size, memory.Length), bytes.Length - at);
            bytes.AsSpan(at, length).CopyTo(memory.Span);
            reader.Advance(length);
            at += length;
            while (reader.TryRead(out var frame)) messages.Add(Flat(frame));
        }
        return [.. messages];
    }

    static string Flat(in Frame frame)
    {
        var lines = new string[frame.LineCount];
        for (var i = 0; i < lines.Length; i++) lines[i] = Encoding.UTF8.GetString(frame[i]);
        return string.Join('|', lines);
    }
}
