using System.Globalization;
using System.Text.RegularExpressions;
using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>What strangers say of themselves, as a real Asterisk takes it from SIP and tells it by AMI.</summary>
[Collection(LabCollection.Name)]
public sealed partial class CallerDataTests(AsteriskLab lab)
{
    /// <summary>What SIP lets through; an end of a line is none of it.</summary>
    static readonly string[] Names =
    [
        "INJECTED\\r\\nAction: Originate\\r\\nChannel: Local/INJECTED@dial-out", "x\\nINJECTED: 1", "x,INJECTED", "x|INJECTED", "x&PJSIP/INJECTED", "x;INJECTED", "x^INJECTED", "${INJECTED}", "$[INJECTED]",
        "${SHELL(INJECTED)}", "x)INJECTED(", "[INJECTED]", "x\"INJECTED", "x'INJECTED", "x\\,INJECTED", "x/INJECTED", "x=INJECTED", "=HYPERLINK(INJECTED)", "@SUM(INJECTED)", "x`INJECTED`",
    ];

    /// <summary>Those that a user of an address can be.</summary>
    static readonly string[] Numbers = ["x,INJECTED", "${INJECTED}", "x&INJECTED"];

    [AsteriskFact]
    public async Task What_strangers_who_call_a_queue_of_ours_say_of_themselves_becomes_no_action()
    {
        await using var link = new CuttableLink(lab.Servers[0]) { Keeps = true };
        await using var other = new CuttableLink(lab.Servers[1]);
        await using var dialer = await Dialer.Start(lab, link, other);
        await using var carrier = await Listener.Connected(lab.Carrier.Options);
        var campaign = await dialer.Campaign("strangers", "sales", servers: ["pbx1"]);
        await campaign.AddLeads(Enumerable.Range(0, 6).Select(_ => Callee.Number(Callee.Human, talk: 2)));
        var witness = dialer.Witnesses[0].Listener;
        var strangers = Names.Select(name => (Name: name, Number: "74951234567")).Concat(Numbers.Select(number => (Name: "x", Number: number))).ToList();

        await campaign.Start();
        await Task.WhenAll(strangers.Select(stranger => Call(carrier, stranger)));
        await campaign.Finishes();

        // They have come through: Asterisk leaves in names what SIP puts before quotes and backslashes.
        var heard = witness.Heard<QueueCallerJoinEvent>().Select(e => (e.CallerIdName, e.CallerIdNum)).ToHashSet();
        Assert.Equal([], strangers.Select(s => (Escaped(s.Name), s.Number)).Except(heard));
        // Strangers may have taken the agent before whom they were called for.
        Assert.All(await campaign.Records(), r => Assert.True(r.Outcome is Outcome.HumanAnswered or Outcome.Abandoned, $"{r}"));
        Assert.Equal(6, await campaign.CountCalls());
        Assert.Equal(6, Dialed().Count(link.Sent));
        Assert.DoesNotContain("INJECTED", link.Sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("HYPERLINK", link.Sent, StringComparison.OrdinalIgnoreCase);
        // Nobody else dialed anything either.
        Assert.DoesNotContain(witness.Heard<NewchannelEvent>(), e => e.Channel.Contains("INJECTED", StringComparison.Ordinal));
        await dialer.NothingIsLeft();
    }

    static async Task Call(Listener carrier, (string Name, string Number) stranger)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"stranger-{Guid.NewGuid():N}");
        var call = await carrier.Client.OriginateAsync(new() { Channel = "PJSIP/80012345@pbx1", ChannelId = id, Application = "Wait", Data = "1", CallerId = $"\"{Escaped(stranger.Name)}\" <{stranger.Number}>" });
        Assert.IsType<OriginateResult.Accepted>(call);
        await carrier.Hears<HangupEvent>(e => e.UniqueId == id);
    }

    static string Escaped(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [GeneratedRegex(@"^Action: Originate\r$", RegexOptions.Multiline)]
    private static partial Regex Dialed();
}
