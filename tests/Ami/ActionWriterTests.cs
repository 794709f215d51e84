using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Ami.Tests;

public class ActionWriterTests
{
    [Fact]
    public void The_action_id_is_the_second_header()
    {
        Assert.Equal("Action: Hangup\r\nActionID: 1\r\nChannel: PJSIP/a\r\nCause: 17\r\n\r\n", Written(Actions.Hangup("PJSIP/a", 17)));
    }

    [Theory]
    [InlineData("a\r\nAction: Originate")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void A_value_that_would_become_another_line_is_refused_before_anything_is_written(string value)
    {
        Assert.Contains("Channel holds a line break", Refused(Actions.Hangup(value)), StringComparison.Ordinal);
        Assert.Contains("line break", Refused(new AmiAction("Originate").WithVariable("X", value)), StringComparison.Ordinal);
        Assert.NotNull(Refused(new AmiAction("Ping").With("Key\r\nX", "1")));
        Assert.NotNull(Refused(new AmiAction("Ping\r\nX: 1")));
        Assert.NotNull(Refused(new AmiAction("Ping", "id" + value)));
    }

    [Fact]
    public void A_refusal_does_not_repeat_the_value() =>
        Assert.DoesNotContain("79001234567", Refused(Actions.Hangup("79001234567\n")), StringComparison.Ordinal);

    [Fact]
    public void A_line_may_have_1024_bytes_and_no_more()
    {
        var fits = 1024 - "Channel: ".Length - 2;
        Assert.NotEmpty(Written(Actions.Hangup(new string('x', fits))));
        Assert.Contains("1025 bytes", Refused(Actions.Hangup(new string('x', fits + 1))), StringComparison.Ordinal);
        Assert.Contains("bytes", Refused(Actions.Hangup(new string('ж', fits / 2 + 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_has_at_most_128_headers_and_64_variables()
    {
        Assert.NotEmpty(Written(Repeat(126, (a, i) => a.With("K" + i, "v"))));
        Assert.Contains("129 headers", Refused(Repeat(127, (a, i) => a.With("K" + i, "v"))), StringComparison.Ordinal);
        Assert.NotEmpty(Written(Repeat(64, (a, i) => a.WithVariable("V" + i, "v"))));
        Assert.Contains("more than 64 variables", Refused(Repeat(65, (a, i) => a.WithVariable("V" + i, "v"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1A")]
    [InlineData("A B")]
    [InlineData("SHELL(rm)")]
    [InlineData("A,B")]
    public void A_variable_name_is_letters_digits_and_underscores(string name) =>
        Assert.Contains("variable's name", Refused(new AmiAction("Originate").WithVariable(name, "v")), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void An_action_id_has_1_to_63_characters(int length) => Assert.Contains("ActionID", Refused(new AmiAction("Ping", new string('i', length))), StringComparison.Ordinal);

    [Fact]
    public void Whatever_a_variable_holds_Asterisk_reads_one_variable_with_that_value() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>().Filter(s => !s.Get.AsSpan().ContainsAny("\r\n\0")), s =>
        {
            var parts = SplitAsAsteriskDoes(VariableText.Format("NAME", s.Get));
            return parts is [var only] && only == "NAME=" + s.Get;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a,b=c", "a\\,b=c")]
    [InlineData("\"(x)[y]\\", "\\\"\\(x\\)\\[y\\]\\\\")]
    public void Special_characters_of_a_variable_are_escaped(string value, string escaped) =>
        Assert.Equal("V=" + escaped, VariableText.Format("V", value));

    // __ast_separate_app_args of main/app.c with remove_chars, on a comma.
    static List<string> SplitAsAsteriskDoes(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        int round = 0, square = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length) { part.Append(text[++i]); continue; }
            if (c == '"') { quoted = !quoted; continue; }
            if (!quoted)
            {
                if (c == '(') round++;
                else if (c == ')' && round > 0) round--;
                else if (c == '[') square++;
                else if (c == ']' && square > 0) square--;
                else if (c == ',' && round == 0 && square == 0)
                {
                    parts.Add(part.ToString());
                    part.Clear();
                    continue;
                }
            }
            part.Append(c);
        }
        parts.Add(part.ToString());
        return parts;
    }

    static AmiAction Repeat(int count, Action<AmiAction, int> add)
    {
        var action = new AmiAction("Originate");
        for (var i = 0; i < count; i++) add(action, i);
        return action;
    }

    static string Written(AmiAction action)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(ActionWriter.Write(action, action.Id ?? "1", output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    static string Refused(AmiAction action)
    {
        var output = new ArrayBufferWriter<byte>();
        var problem = ActionWriter.Write(action, action.Id ?? "1", output);
        Assert.Equal(0, output.WrittenCount);
        return Assert.IsType<string>(problem);
    }
}
