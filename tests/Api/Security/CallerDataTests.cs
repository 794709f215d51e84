using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.Api.Tests.Running;
using Carillon.Network;

namespace Carillon.Api.Tests.Security;

/// <summary>
/// Whoever calls or is called says who they are, and why they hang up. Asterisk tells it in its events, and whatever it is must become neither an action, nor a line
/// of the log, nor a formula.
/// </summary>
public sealed partial class CallerDataTests
{
    const string Formula = "=HYPERLINK(\"http://INJECTED\")";

    static readonly string[] Poisons = [.. InjectionTests.Poisons, "x\r\nVariable: INJECTED=1", "+1+cmd|' /C INJECTED'!A0", "@SUM(INJECTED)", "\t=INJECTED"];

    int _said, _strangers;

    [Fact]
    public async Task What_callers_say_of_themselves_becomes_no_action_no_line_of_the_log_and_no_formula()
    {
        var lines = new LogLines();
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 10) with { Fates = new() { ByPrefix = false }, Speed = 20 }, builder => lines.Watch(builder, null));
        node.Wire.Heard = Poisoned;
        var (plain, agentFirst) = (await node.Campaign(), await node.Create("campaigns", new { name = node.NewName(), schedule = node.Schedule, queue = node.Queue, trunks = new[] { node.Trunk }, channels = 50, agentFirst = true }));
        await node.Import(plain, string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"+7495{1_000_000 + i}\n"))));
        await node.Import(agentFirst, string.Concat(Enumerable.Range(40, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"+7495{1_000_000 + i}\n"))));
        foreach (var campaign in new[] { plain, agentFirst }) await node.StartCampaign(campaign);
        await RunningNode.Until(async () => node.Network.Log.Ended >= 12 && (await Exported(node)).Contains("HYPERLINK", StringComparison.Ordinal));

        Assert.True(_said > Poisons.Length * 2, $"{_said}");
        Assert.All(SentActions.Of(node.Wire), action =>
        {
            SentActions.Check(action);
            Assert.All(action.Values, value => Assert.DoesNotContain("INJECTED", value, StringComparison.Ordinal));
        });
        Assert.DoesNotContain(lines.All, line => line.Contains("INJECTED", StringComparison.Ordinal));
        await ExportsRunNothing(node);
    }

    /// <summary>Each has a poison in every field that is a caller's, and now and then one calls us.</summary>
    string Poisoned(string message)
    {
        var poisoned = CallersField().Replace(message, m => m.Groups[1].Value + Next(m.Groups[2].Success ? m.Groups[2].Value : m.Groups[3].Value));
        if (!message.StartsWith("Event: Newchannel", StringComparison.Ordinal)) return poisoned;
        _strangers++;
        string[] stranger =
        [
            Stranger("Newchannel", ""), Stranger("QueueCallerJoin", "Queue: sales\r\nPosition: 1\r\nCount: 1\r\n"), Stranger("QueueCallerAbandon", "Queue: sales\r\nPosition: 1\r\nHoldTime: 1\r\n"),
            Stranger("QueueCallerLeave", "Queue: sales\r\nPosition: 1\r\nCount: 0\r\n"), Stranger("Hangup", "Cause: 16\r\nCause-txt: x\r\n"),
        ];
        return string.Join("\r\n", [poisoned, .. stranger]);
    }

    /// <summary>An event of somebody who calls us.</summary>
    string Stranger(string name, string more) => string.Create(CultureInfo.InvariantCulture,
        $"Event: {name}\r\nChannel: PJSIP/carrier-stranger\r\nChannelState: 6\r\nCallerIDNum: {Next("Num")}\r\nCallerIDName: {Next("Name")}\r\nExten: {Next("Exten")}\r\nUniqueid: stranger.{_strangers}\r\nLinkedid: stranger.{_strangers}\r\n{more}");

    /// <summary>As Asterisk writes it: names with escapes; whatever else there is has no ends of lines, or else Asterisk itself had been taken in.</summary>
    string Next(string field)
    {
        var poison = field == "Cause-txt" ? Formula : Poisons[Interlocked.Increment(ref _said) % Poisons.Length].Replace("\0", "", StringComparison.Ordinal);
        return field.EndsWith("Name", StringComparison.Ordinal)
            ? poison.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            : poison.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    static async Task<string> Exported(RunningNode node)
    {
        using var answer = await node.Client.Get("/calls.csv");
        return await answer.Content.ReadAsStringAsync();
    }

    static async Task ExportsRunNothing(RunningNode node)
    {
        var csv = await Exported(node);
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.DoesNotMatch(FormulaCell(), csv);
        using var answer = await node.Client.Get("/calls.xlsx");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        var xml = await sheet.ReadToEndAsync();
        Assert.Contains("<t xml:space=\"preserve\">=HYPERLINK", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^((?:Dest)?(?:CallerID|ConnectedLine)(Num|Name): |(Cause-txt): )[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex CallersField();

    [GeneratedRegex("""(^|,)"?[=@\t]""", RegexOptions.Multiline)]
    private static partial Regex FormulaCell();
}
