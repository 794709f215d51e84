using System.Text;

namespace Carillon.Ami.Tests;

/// <summary>The reader looks at blocks of bytes; it must do what reading line by line would.</summary>
public class FrameReaderModelTests
{
    const int MaxLine = 200, MaxMessage = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_streams_give_the_messages_and_the_damage_of_a_line_by_line_reader(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var stream = Stream(random);
            var expected = LineByLine(stream);
            foreach (var size in new[] { 1, random.Next(2, 70), random.Next(70, 700), int.MaxValue }) Assert.Equal(expected, Read(stream, size));
        }
    }

    [Fact]
    public void A_line_or_message_is_damage_by_its_length_alone_and_not_by_how_it_is_read()
    {
        foreach (var length in Enumerable.Range(MaxLine - 4, 8))
            foreach (var end in new[] { "\n", "\r\n" })
            {
                var stream = $"Event: A{end}{new string('k', length)}{end}{end}Event: B{end}{end}";
                for (var size = 1; size < stream.Length; size++) Assert.Equal(LineByLine(stream), Read(stream, size));
            }
    }

    static string Stream(Random random)
    {
        var text = new StringBuilder();
        for (var message = random.Next(1, 12); message > 0; message--)
        {
            text.Append(random.Next(12) switch { 0 => "garbage: 1", 1 => "Response: Follows", 2 => "", 3 => "\r", 4 => "event: Hangup", 5 => "Response: Error", _ => "Event: Newchannel" }).Append(End());
            for (var line = random.Next(30); line > 0; line--)
                text.Append(random.Next(60) switch { 0 => "--END COMMAND--", 1 => "\r", 2 => new string('x', MaxLine + random.Next(4)), 3 => "a\rb", var n => new string('v', n) }).Append(End());
            if (random.Next(5) == 0) text.Append("--END COMMAND--").Append(End());
            text.Append(End());
        }
        return text.ToString();

        string End() => random.Next(3) == 0 ? "\n" : "\r\n";
    }

    // What the class comment of FrameReader promises, in the plainest words; damage is written down in its place.
    static string[] LineByLine(string stream)
    {
        var (read, lines, skipping, output, bytes) = (new List<string>(), new List<string>(), false, false, 0);
        foreach (var raw in stream.Split('\n')[..^1])
        {
            var line = raw.EndsWith('\r') ? raw[..^1] : raw;
            var ends = line.Length == 0 && !output;
            if (!ends) bytes += raw.Length + 1;
            if (!skipping && (line.Length > MaxLine || (!ends && bytes > MaxMessage))) (skipping, output) = (true, false);
            else if (!ends || skipping)
            {
                if (lines.Count == 0) output = line.Equals("Response: Follows", StringComparison.OrdinalIgnoreCase) && !skipping;
                else if (line.EndsWith("--END COMMAND--", StringComparison.Ordinal)) output = false;
            }
            if (line.Length > 0 || (output && !skipping)) lines.Add(line);
            else
            {
                var good = !skipping && lines.Count > 0 && (lines[0].Length > 6 && lines[0].StartsWith("Event:", StringComparison.OrdinalIgnoreCase) || lines[0].StartsWith("Response: ", StringComparison.OrdinalIgnoreCase));
                if (good) read.Add(string.Join('|', lines));
                else if (skipping || lines.Count > 0) read.Add("damage");
                (skipping, output, bytes) = (false, false, 0);
                lines.Clear();
            }
        }
        return [.. read];
    }

    static string[] Read(string stream, int size)
    {
        var (read, reader, damaged) = (new List<string>(), new FrameReader(MaxLine, MaxMessage), 0L);
        var bytes = Encoding.ASCII.GetBytes(stream);
        for (var at = 0; at < bytes.Length;)
        {
            var memory = reader.GetMemory();
            var length = Math.Min(Math.Min(size, memory.Length), bytes.Length - at);
            bytes.AsSpan(at, length).CopyTo(memory.Span);
            reader.Advance(length);
            at += length;
            while (reader.TryRead(out var frame))
            {
                Note();
                var lines = new string[frame.LineCount];
                for (var i = 0; i < lines.Length; i++) lines[i] = Encoding.ASCII.GetString(frame[i]);
                read.Add(string.Join('|', lines));
            }
            Note();
        }
        return [.. read];

        void Note()
        {
            for (; damaged < reader.Damaged; damaged++) read.Add("damage");
        }
    }
}
