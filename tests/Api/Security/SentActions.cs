using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Api.Tests.Running;

namespace Carillon.Api.Tests.Security;

/// <summary>What a node has sent to a server, read strictly.</summary>
static partial class SentActions
{
    public static IReadOnlyList<ImmutableDictionary<string, string>> Of(AmiTap wire) => [.. wire.Sent.SelectMany(Actions)];

    static IEnumerable<ImmutableDictionary<string, string>> Actions(string sent)
    {
        // What follows the last empty line is still on its way.
        var whole = sent[..(sent.LastIndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? end : 0)];
        foreach (var text in whole.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var headers = ImmutableDictionary.CreateBuilder<string, string>();
            foreach (var line in text.Split("\r\n"))
            {
                var header = Header().Match(line);
                Assert.True(header.Success, $"This is no header: {JsonSerializer.Serialize(line)}");
                Assert.True(headers.TryAdd(header.Groups[1].Value, header.Groups[2].Value), $"{header.Groups[1].Value} comes twice in {JsonSerializer.Serialize(text)}");
            }
            Assert.StartsWith("Action: ", text, StringComparison.Ordinal);
            yield return headers.ToImmutable();
        }
    }

    static readonly string[] Known =
        ["Login", "Challenge", "Logoff", "Ping", "Events", "Filter", "CoreSettings", "CoreStatus", "CoreShowChannels", "ListCommands", "QueueStatus", "QueuePause", "Originate", "Hangup", "AGI", "Getvar", "Status"];

    /// <summary>It is one that we make, and holds nothing of <see cref="InjectionTests.Poisons"/> where Asterisk would read more out of it than a text.</summary>
    public static void Check(ImmutableDictionary<string, string> action)
    {
        Assert.Contains(action["Action"], Known);
        foreach (var (key, value) in action)
        {
            switch (key)
            {
                // For people: Asterisk shows it and reads nothing out of it.
                case "CallerID" or "Reason" or "Username" or "Secret":
                    break;
                case "Channel":
                    Assert.Matches(Channel(), value);
                    break;
                case "Application":
                    Assert.Contains(value, (string[])["Queue", "Playback", "AGI", "Dial"]);
                    break;
                case "Data":
                    Assert.Matches(Data(), value);
                    break;
                case "Variable":
                    Assert.Matches(Variable(), value);
                    break;
                case "Command":
                    Assert.Matches(AgiCommand(), value);
                    break;
                default:
                    Assert.DoesNotContain("INJECTED", key, StringComparison.OrdinalIgnoreCase);
                    Assert.Matches(Plain(), value);
                    break;
            }
        }
    }

    [GeneratedRegex(@"^([A-Za-z]+): ([^\r\n\0]*)\z")]
    private static partial Regex Header();

    [GeneratedRegex(@"^[A-Za-z0-9_]+/[A-Za-z0-9/@:._+*#;-]+\z")]
    private static partial Regex Channel();

    // Queue and Dial with their own commas; names of sounds; agi:async.
    [GeneratedRegex(@"^([\p{L}\p{N}._-]+,,,,\d*|[A-Za-z0-9_]+/[A-Za-z0-9/@:._+*#-]+,\d+|[A-Za-z0-9_./-]+|agi:async)\z")]
    private static partial Regex Data();

    [GeneratedRegex(@"^(CARILLON_ATTEMPT=[A-Za-z0-9.-]+|DEVICE_STATE\([A-Za-z0-9_]+/[A-Za-z0-9._+-]+\))\z")]
    private static partial Regex Variable();

    [GeneratedRegex("""^(SET AUTOHANGUP \d+|HANGUP|GET FULL VARIABLE "\$\{(PLAYBACKSTATUS|AMDSTATUS\}/\$\{AMDCAUSE)\}"|EXEC [A-Za-z]+ "[\p{L}\p{N}._/,-]*"|GET OPTION "[A-Za-z0-9_./-]+" "[0-9*#]+" \d+|GOSUB [A-Za-z0-9_.+*#-]+ [A-Za-z0-9_.+*#-]+ 1)\z""")]
    private static partial Regex AgiCommand();

    [GeneratedRegex(@"^[\p{L}\p{N} ._,:!?/@+*#()-]*\z")]
    private static partial Regex Plain();
}
