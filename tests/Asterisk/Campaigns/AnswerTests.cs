using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Lab;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>AMD, messages and scripts on real Asterisk, whose ears and commands they are.</summary>
[Collection(LabCollection.Name)]
public sealed class AnswerTests(AsteriskLab lab)
{
    static readonly string[] One = ["pbx1"];

    [AsteriskFact]
    public async Task AMD_tells_people_from_machines_and_whom_it_is_not_sure_of_gets_an_agent()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("amd", "desk", c => c with { MachineDetection = new() }, servers: One);
        string[] people = [.. Enumerable.Range(0, 4).Select(i => Callee.Number(Callee.Human, ring: i % 2, talk: 6))];
        string[] machines = [.. Enumerable.Range(0, 4).Select(i => Callee.Number(Callee.Machine, ring: i % 2))];
        var (silent, gone) = (Callee.Number(Callee.Silent, talk: 8), Callee.Number(Callee.HangsUpAtOnce));
        await campaign.AddLeads([.. people, .. machines, silent, gone]);

        await campaign.Start();
        var end = await campaign.Finishes();

        var records = (await campaign.Records()).ToDictionary(r => r.Intent.Number.Digits);
        Assert.All(people, n => Assert.True(records[n] is { Outcome: Outcome.HumanAnswered, Verdict: MachineVerdict.Human, Agent: not null, Abandoned: false }, $"{records[n]}"));
        Assert.All(machines, n => Assert.True(records[n] is { Outcome: Outcome.Machine, Verdict: MachineVerdict.Machine, Agent: null, Abandoned: false }, $"{records[n]}"));
        Assert.True(records[silent] is { Outcome: Outcome.HumanAnswered, Verdict: MachineVerdict.NotSure, Agent: not null, Abandoned: false }, $"{records[silent]}");
        Assert.True(records[gone] is { Outcome: Outcome.HumanAnswered, Verdict: null, Agent: null, Abandoned: false }, $"{records[gone]}");
        Assert.Equal((4, 4, 1), (end.Detection!.Humans, end.Detection.Machines, end.Detection.NotSure));
        Assert.All(people, n => Assert.InRange(records[n].Detection!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_user_who_may_originate_AGI_itself_needs_no_context()
    {
        await using var dialer = await Dialer.Start(lab, s => s with { Username = "carillon-system", AgiContext = null });
        var campaign = await dialer.Campaign("system", "desk", c => c with { MachineDetection = new() }, servers: One);
        await campaign.AddLeads(Callee.Number(Callee.Human, talk: 5));

        await campaign.Start();
        await campaign.Finishes();

        Assert.Equal((Outcome.HumanAnswered, MachineVerdict.Human), (await campaign.Records()).Select(r => (r.Outcome, r.Verdict)).Single());
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_context_that_is_not_there_is_named_after_the_first_call()
    {
        await using var dialer = await Dialer.Start(lab, s => s with { AgiContext = "nosuch" });
        var campaign = await dialer.Campaign("nosuch", "desk", c => c with { MachineDetection = new(), Channels = 1 }, servers: One);
        await campaign.AddLeads(Callee.Number(Callee.Human, talk: 1), Callee.Number(Callee.Human, talk: 1));

        await campaign.Start();
        await campaign.Until(p => p.Outcomes.Count > 0);

        Assert.Contains("refuses calls that wait for commands", (await Server(dialer)).Problem, StringComparison.Ordinal);
        await campaign.Grain.Stop();
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_machine_is_left_the_message_once_it_has_fallen_silent()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("message", "desk", c => c with { MachineDetection = new() { OnMachine = MachineAction.LeaveMessage, Message = "lab/beep" } }, servers: One);
        await campaign.AddLeads(Callee.Number(Callee.Machine));

        await campaign.Start();
        await campaign.Finishes();

        var record = (await campaign.Records()).Single();
        Assert.True(record is { Outcome: Outcome.Machine, Agent: null }, $"{record}");
        Assert.DoesNotContain("could not play", record.Reason.Text ?? "", StringComparison.Ordinal);
        // Its greeting takes ten seconds, of which AMD has heard less than six; the beep and the message are short.
        Assert.InRange(record.EndedAt!.Value - record.AnsweredAt!.Value, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25));
        Assert.Null((await Server(dialer)).Problem);
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Without_agents_a_message_is_heard_to_its_end_and_a_key_that_is_pressed_is_recorded()
    {
        await using var dialer = await Dialer.Start(lab);
        var plain = await dialer.Campaign("plain", "desk", c => Agentless(c, new() { Message = "lab/beep" }));
        var keys = await dialer.Campaign("keys", "desk", c => Agentless(c, new() { Message = "lab/message", Keys = "12#" }), servers: One);
        var nothing = await dialer.Campaign("nothing", "desk", c => Agentless(c, new() { Message = "lab/nosuchsound" }), servers: ["pbx2"]);
        await plain.AddLeads(Enumerable.Range(0, 10).Select(i => Callee.Number(Callee.Human, ring: i % 2)));
        await keys.AddLeads(Callee.Number(Callee.PressesKeys, talk: 10));
        await nothing.AddLeads(Callee.Number(Callee.Human));

        foreach (var campaign in new[] { plain, keys, nothing }) await campaign.Start();
        foreach (var campaign in new[] { plain, keys, nothing }) await campaign.Finishes();

        Assert.All(await plain.Records(), r => Assert.True(r is { Outcome: Outcome.HumanAnswered, Agent: null, Abandoned: false, Intent.Queue: null } && r.Listened < TimeSpan.FromSeconds(5), $"{r}"));
        Assert.Equal(["pbx1", "pbx2"], (await plain.Records()).Select(r => r.Intent.Server.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("1", (await keys.Records()).Single().Key);
        Assert.Contains("'lab/nosuchsound'", (await nothing.Records()).Single().Reason.Text, StringComparison.Ordinal);
        Assert.Contains("'lab/nosuchsound'", (await Server(dialer, "pbx2")).Problem, StringComparison.Ordinal);
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task Without_agents_a_script_of_the_dialplan_takes_the_call_at_once_or_after_AMD()
    {
        await using var dialer = await Dialer.Start(lab);
        var script = new AgentlessConfig { Context = "dialer", Extension = "short" };
        var direct = await dialer.Campaign("direct", "desk", c => Agentless(c, script), servers: One);
        var after = await dialer.Campaign("after", "desk", c => Agentless(c, script) with { MachineDetection = new() }, servers: One);
        var missing = await dialer.Campaign("missing", "desk", c => Agentless(c, new() { Context = "dialer", Extension = "nosuch" }) with { MachineDetection = new() }, servers: ["pbx2"]);
        foreach (var campaign in new[] { direct, after, missing }) await campaign.AddLeads(Callee.Number(Callee.Human));

        foreach (var campaign in new[] { direct, after, missing }) await campaign.Start();
        foreach (var campaign in new[] { direct, after, missing }) await campaign.Finishes();

        // The script is two seconds long.
        Assert.InRange((await direct.Records()).Single().Listened!.Value, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(4));
        var heard = (await after.Records()).Single();
        Assert.Equal((Outcome.HumanAnswered, MachineVerdict.Human), (heard.Outcome, heard.Verdict));
        Assert.InRange(heard.Listened!.Value, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(4));
        Assert.Contains("nosuch@dialer", (await Server(dialer, "pbx2")).Problem, StringComparison.Ordinal);
        await dialer.NothingIsLeft();
    }

    [AsteriskTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answered_call_goes_on_in_the_context_that_the_campaign_names_and_its_record_has_the_agent_and_the_talk(bool detection)
    {
        await using var dialer = await Dialer.Start(lab);
        var connect = new ConnectConfig { Context = "carillon-answered" };
        var campaign = await dialer.Campaign("context", "desk", c => c with { Connect = connect, MachineDetection = detection ? new() : null }, servers: One);
        var (human, busy) = (Callee.Number(Callee.Human, talk: 8), Callee.Number(Callee.Busy));
        await campaign.AddLeads(human, busy);

        await campaign.Start();
        await campaign.Finishes();

        var records = (await campaign.Records()).ToDictionary(r => r.Intent.Number.Digits);
        Assert.True(records[human] is { Outcome: Outcome.HumanAnswered, Agent: not null, Abandoned: false, BridgedAt: not null }, $"{records[human]}");
        Assert.Equal(detection ? MachineVerdict.Human : null, records[human].Verdict);
        Assert.Equal(Outcome.Busy, records[busy].Outcome);
        var passed = Assert.Single(dialer.Witnesses[0].Listener.Heard<UserEvent>(), e => e.Kind == "CarillonAnswered");
        Assert.Equal((records[human].Intent.Id.Value, "desk"), (passed.Headers["Attempt"], passed.Headers["Queue"]));
        await dialer.NothingIsLeft();
    }

    [AsteriskFact]
    public async Task A_context_that_answered_calls_should_go_on_in_and_that_is_not_there_is_named_and_nobody_is_called()
    {
        await using var dialer = await Dialer.Start(lab);
        var campaign = await dialer.Campaign("astray", "desk", c => c with { Connect = new() { Context = "nosuch", Extension = "answered" } }, servers: ["pbx2"]);
        await campaign.AddLeads(Callee.Number(Callee.Human, talk: 1));

        await campaign.Start();
        var server = await GrainNode.Until(() => Server(dialer, "pbx2"), s => s.Problem?.Contains("answered@nosuch", StringComparison.Ordinal) == true);

        Assert.Equal(ServerState.Online, server.State);
        await campaign.Grain.Stop();
        Assert.Equal(0, dialer.Placed);
        await dialer.NothingIsLeft();
    }

    [AsteriskTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_whose_AMD_is_interrupted_by_a_lost_link_or_a_restart_of_the_node_meet_an_agent_afterwards(bool node)
    {
        await using var link = new CuttableLink(lab.Servers[0]);
        await using var other = new CuttableLink(lab.Servers[1]);
        await using var dialer = await Dialer.Start(lab, link, other);
        var campaign = await dialer.Campaign("interrupted", "desk", c => c with { MachineDetection = new() }, servers: One);
        string[] numbers = [Callee.Number(Callee.Human, talk: 12), Callee.Number(Callee.Human, ring: 1, talk: 12), Callee.Number(Callee.Silent, talk: 12)];
        await campaign.AddLeads(numbers);
        await campaign.Start();
        await GrainNode.Until(() => Task.FromResult(dialer.Witnesses[0].Attempts.Count - dialer.Witnesses[0].Unanswered.Count), answered => answered >= 2);

        if (node)
        {
            await dialer.Node.StopAsync();
            await dialer.Node.StartAsync();
        }
        else
        {
            link.Cut();
            await GrainNode.Until(() => Server(dialer), s => s.State == ServerState.Offline);
            link.Restore();
        }
        await campaign.Finishes();

        Assert.All(await campaign.Records(), r => Assert.True(r is { Outcome: Outcome.HumanAnswered, Agent: not null }, $"{r}"));
        Assert.Equal(3, dialer.Placed);
        await dialer.NothingIsLeft();
    }

    [AsteriskTheory]
    [InlineData("carillon-noagi", "carillon-agi", "'agi' in write=")]
    [InlineData("carillon-deaf", "carillon-agi", "'agi' in read=")]
    [InlineData("carillon", null, "agiContext")]
    [InlineData("carillon", "carillon-agi", "app_amd")]
    public async Task A_server_that_cannot_do_AMD_is_named_and_its_calls_meet_agents_without_it(string user, string? context, string said)
    {
        await using var dialer = await Dialer.Start(lab, s => s with { Username = user, AgiContext = context });
        if (said == "app_amd") await lab.Cli("pbx1", "module unload app_amd.so");
        try
        {
            var campaign = await dialer.Campaign("without", "desk", c => c with { MachineDetection = new(), Channels = 1 }, servers: One);
            await campaign.AddLeads(Callee.Number(Callee.Human, talk: 6), Callee.Number(Callee.Human, talk: 3));

            await campaign.Start();
            await campaign.Finishes();

            Assert.All(await campaign.Records(), r => Assert.True(r is { Outcome: Outcome.HumanAnswered, Agent: not null, Verdict: MachineVerdict.NotSure }, $"{r}"));
            Assert.Contains(said, (await Server(dialer)).Problem, StringComparison.Ordinal);
        }
        finally
        {
            if (said == "app_amd") await lab.Cli("pbx1", "module load app_amd.so");
        }
        await dialer.NothingIsLeft();
    }

    static CampaignConfig Agentless(CampaignConfig campaign, AgentlessConfig agentless) => campaign with { Queue = null, Mode = PacingMode.Agentless, Agentless = agentless };

    static Task<ServerSnapshot> Server(Dialer dialer, string name = "pbx1") => dialer.Node.Grains.Server(new(name)).GetSnapshot();
}
