using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Api.Tests.Running;
using Carillon.Network;

namespace Carillon.Api.Tests.Security;

/// <summary>
/// Whatever can be sent to the node is tried with what Asterisk would take for a further line, action, argument, channel or expression. What the API takes is
/// dialed; then every byte that arrived at the server is read strictly.
/// </summary>
public sealed class InjectionTests
{
    internal static readonly string[] Poisons =
    [
        "\r\nAction: Originate\r\nChannel: Local/INJECTED@x\r\n\r\n", "x\nINJECTED: 1", "x\rINJECTED: 1", "x\0INJECTED", "x\u0085INJECTED", "x\u2028INJECTED",
        "x,INJECTED", "x|INJECTED", "x&INJECTED/1", "x;INJECTED", "x^INJECTED", "${INJECTED}", "$[INJECTED]", "${SHELL(INJECTED)}", "x)INJECTED(", "[INJECTED]",
        "\"INJECTED\"", "x\"INJECTED", "x'INJECTED", "x\\nINJECTED", "x\\,INJECTED", "<INJECTED>", "x/INJECTED", "x@INJECTED", "x=INJECTED", "x:INJECTED", "../INJECTED", "x INJECTED", "!INJECTED", "x`INJECTED`",
    ];

    readonly List<(string Number, string What)> _dialed = [];
    int _numbers = 5_000_000;

    [Fact]
    public async Task Nothing_that_is_sent_to_the_node_becomes_a_line_an_argument_or_an_expression_of_Asterisks()
    {
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 40));
        await Names(node);
        await Campaigns(node);
        await Leads(node);
        await Agents(node);
        await Logins(node);
        // Each of them dials a number of its own: not one may be missing for the look at the wire to mean something.
        foreach (var (number, what) in _dialed)
            await RunningNode.Until(() => Task.FromResult(node.Wire.Sent.Any(sent => sent.Contains(number, StringComparison.Ordinal))), () => Task.FromResult($"{number} was not dialed for {what}."));

        var actions = SentActions.Of(node.Wire);
        Assert.True(actions.Count(a => a["Action"] == "Originate") >= _dialed.Count);
        Assert.All(actions, SentActions.Check);
    }

    /// <summary>Every text field of what is configured, one at a time; what is taken is used by a campaign that dials.</summary>
    async Task Campaigns(RunningNode node)
    {
        foreach (var poison in Poisons)
        {
            await Dial(node, poison, "callerId", poison);
            await Dial(node, poison, "callerId", $"{poison} <+74950000000>");
            await Dial(node, poison, "callerId", $"\"{poison}\" <+74950000000>");
            await Dial(node, poison, "callerId", $"Shop <{poison}>");
            await Dial(node, poison, "agentless", new { message = poison }, mode: "Agentless");
            await Dial(node, poison, "agentless", new { message = "custom/offer", keys = poison }, mode: "Agentless");
            await Dial(node, poison, "agentless", new { context = poison, extension = "s" }, mode: "Agentless");
            await Dial(node, poison, "agentless", new { context = "survey", extension = poison }, mode: "Agentless");
            await Dial(node, poison, "connect", new { context = poison });
            await Dial(node, poison, "connect", new { context = "answered", extension = poison });
            await Dial(node, poison, "machineDetection", new { onMachine = "LeaveMessage", message = poison });
            foreach (var template in new[] { "PJSIP/{number}@carrier" + poison, poison + "/{number}@carrier", "PJSIP/" + poison + "{number}@carrier" })
            {
                if (await Taken(node, "trunks", new { name = node.NewName(), server = node.Server, dialString = template }) is { } trunk) await Dial(node, poison, "trunks", new[] { trunk });
            }
            foreach (var queue in new object[]
            {
                new { name = poison, servers = new[] { node.Server } },
                new { name = node.NewName(), asteriskName = poison, servers = new[] { node.Server } },
                new { name = node.NewName(), asteriskName = "sales", agentFirstChannel = "Local/400@queues/n" + poison, servers = new[] { node.Server } },
            })
            {
                if (await Taken(node, "queues", queue) is not { } made) continue;
                await Dial(node, poison, "queue", made, starts: false);
                await Dial(node, poison, "queue", made, agentFirst: true, starts: false);
            }
        }
    }

    static async Task<string?> Taken(RunningNode node, string kind, object config)
    {
        using var answer = await node.Client.Post("/" + kind, config);
        Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{kind} answered {answer.StatusCode} to {JsonSerializer.Serialize(config)}.");
        return answer.StatusCode == HttpStatusCode.Created ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.Id() : null;
    }

    /// <param name="starts">A campaign whose queue the server does not know has nobody to dial for.</param>
    async Task Dial(RunningNode node, string poison, string field, object value, string? mode = null, bool agentFirst = false, bool starts = true)
    {
        var config = JsonSerializer.SerializeToNode(new { name = node.NewName(), schedule = node.Schedule, queue = mode is null ? node.Queue : null, trunks = new[] { node.Trunk }, mode = mode ?? "Progressive", agentFirst })!.AsObject();
        config[field] = JsonSerializer.SerializeToNode(value);
        if (await Taken(node, "campaigns", config) is not { } campaign) return;
        var number = $"7495{++_numbers}";
        await node.Import(campaign, $"+{number}\n");
        await node.StartCampaign(campaign);
        if (starts) _dialed.Add((number, config.ToJsonString()));
    }

    /// <summary>Texts that are for people.</summary>
    static async Task Names(RunningNode node)
    {
        foreach (var poison in Poisons)
        {
            await Taken(node, "groups", new { name = poison });
            await Taken(node, "dispositions", new { name = poison, action = "Completed" });
            await Taken(node, "trunks", new { name = poison, server = node.Server, dialString = "PJSIP/{number}@carrier" });
            await Taken(node, "trunks", new { name = node.NewName(), server = node.Server, dialString = "PJSIP/{number}@carrier", callerId = poison });
            await Taken(node, "trunks", new { name = node.NewName(), server = node.Server, dialString = "PJSIP/{number}@carrier", prefixes = new[] { poison } });
            await Taken(node, "agents", new { name = poison, interfaces = new[] { "PJSIP/" + poison } });
            await Taken(node, "servers", new { name = node.NewName(), host = poison, username = "u", secret = "s" });
            await Taken(node, "servers", new { name = node.NewName(), host = "127.0.0.1", username = "u", secret = "s", agiContext = poison, enabled = false });
        }
    }

    /// <summary>Numbers, columns and values, by the API and in a list.</summary>
    async Task Leads(RunningNode node)
    {
        var campaign = await node.Campaign();
        // Those with a line break or a NUL would spoil their line: they come as lines of their own, and by the API.
        var cells = string.Join(';', Poisons.Where(p => p.AsSpan().IndexOfAny('\r', '\n', '\0') < 0).Select(Quoted));
        var list = new StringBuilder($"phone;{cells}\n");
        for (var i = 0; i < Poisons.Length; i++)
        {
            list.Append(Quoted("+7495" + Poisons[i])).Append('\n');
            list.Append("+7495").Append(6_000_000 + i).Append(';').Append(cells).Append('\n');
            await node.Client.Post($"/campaigns/{campaign}/leads", new { number = "+7495600000" + Poisons[i] }).Expect(HttpStatusCode.BadRequest);
            using var added = await node.Client.Post($"/campaigns/{campaign}/leads", new
            {
                number = $"+7495{6_100_000 + i}",
                data = new Dictionary<string, string> { [Poisons[i]] = Poisons[i] },
                place = new { agent = Poisons[i], list = Poisons[i] },
            });
            Assert.True((int)added.StatusCode < 500);
        }
        var report = await node.Client.PostText($"/campaigns/{campaign}/leads/import?delimiter=semicolon&header=true&numberColumn=1", list.ToString(), "text/csv").Json();
        Assert.True(report["imported"]!.GetValue<int>() >= Poisons.Length, $"{report}");
        await node.StartCampaign(campaign);
        _dialed.Add(("74956000000", "a lead with columns of all kinds"));
    }

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The reason of a pause goes to the server as it is; so does the name of whoever is paused, from the address.</summary>
    static async Task Agents(RunningNode node)
    {
        foreach (var poison in Poisons)
        {
            using var answer = await node.Client.Post("/agents/PJSIP%2F9001/pause", new { reason = poison });
            Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
            using var strange = await node.Client.Post($"/agents/{Uri.EscapeDataString("PJSIP/9001" + poison.Replace("\0", "", StringComparison.Ordinal))}/pause", new { });
            Assert.NotEqual(HttpStatusCode.NoContent, strange.StatusCode);
        }
    }

    /// <summary>What a server is logged in to with.</summary>
    static async Task Logins(RunningNode node)
    {
        foreach (var poison in Poisons)
        {
            foreach (var (username, secret) in new[] { (poison, "secret"), ("dialer", poison) })
                await Taken(node, "servers", new { name = node.NewName(), host = "127.0.0.1", port = node.Wire.Port, username, secret });
        }
    }
}
