using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

/// <summary>What becomes of a call once it is answered: AMD, messages, scripts.</summary>
public class AnswerTests
{
    const string Human = "+1001300001", Machine = "+1601000002", EarlyHangup = "+1701000003", Busy = "+1100000004";

    static NetworkConfig Network(double speed = 8) => NetworkConfig.Of(servers: 1, agents: 4) with { Speed = speed };

    [Fact]
    public async Task With_AMD_people_get_an_agent_machines_are_hung_up_on_and_the_records_say_how_long_it_took()
    {
        await using var dialer = await Dialer.Start(Network(), c => c with { MachineDetection = new(), AbandonAfter = TimeSpan.FromMinutes(1) });
        await dialer.AddLeads(Human, Machine, EarlyHangup, Busy);

        await dialer.Start();
        var end = await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = (await dialer.Records()).ToDictionary(r => r.Intent.Number.Value);
        Assert.Equal((Outcome.HumanAnswered, MachineVerdict.Human, false), (records[Human].Outcome, records[Human].Verdict, records[Human].Abandoned));
        Assert.NotNull(records[Human].Agent);
        Assert.True(records[Human].AnsweredAt <= records[Human].VerdictAt && records[Human].VerdictAt <= records[Human].BridgedAt);
        Assert.Equal((Outcome.Machine, MachineVerdict.Machine, "LONGGREETING-2000-2000"), (records[Machine].Outcome, records[Machine].Verdict, records[Machine].VerdictCause));
        Assert.Equal((Outcome.HumanAnswered, null), (records[EarlyHangup].Outcome, records[EarlyHangup].Agent));
        Assert.Equal((Outcome.Busy, null), (records[Busy].Outcome, records[Busy].Verdict));
        Assert.Equal((1, 1), (end.Detection!.Humans, end.Detection.Machines));
        Assert.True(end.Detection.Delay > TimeSpan.Zero);
        Assert.Equal(LeadStatus.Unanswered, (await dialer.Leads()).Single(l => l.Number.Value == Machine).Status);
    }

    [Fact]
    public async Task A_machine_that_is_treated_as_a_person_gets_an_agent_and_one_that_is_left_a_message_gets_none()
    {
        await using (var dialer = await Dialer.Start(Network(), c => c with { MachineDetection = new() { OnMachine = MachineAction.TreatAsHuman } }))
        {
            await dialer.AddLeads("+1601300002");
            await dialer.Start();
            await dialer.Until(p => p.Status == CampaignStatus.Finished);
            var record = (await dialer.Records()).Single();
            Assert.Equal((Outcome.HumanAnswered, MachineVerdict.Machine), (record.Outcome, record.Verdict));
            Assert.NotNull(record.Agent);
        }
        await using (var dialer = await Dialer.Start(Network(), c => c with { MachineDetection = new() { OnMachine = MachineAction.LeaveMessage, Message = "offer" } }))
        {
            await dialer.AddLeads(Machine);
            await dialer.Start();
            await dialer.Until(p => p.Status == CampaignStatus.Finished);
            var record = (await dialer.Records()).Single();
            Assert.Equal((Outcome.Machine, null), (record.Outcome, record.Agent));
            // The greeting and the message, at eight times life's speed.
            Assert.True(record.EndedAt - record.VerdictAt > TimeSpan.FromSeconds(9.0 / 8));
        }
    }

    [Fact]
    public async Task Without_agents_a_message_is_played_to_as_many_at_once_as_there_are_channels()
    {
        var network = NetworkConfig.Of(servers: 2, agents: 0) with { Speed = 2 };
        await using var dialer = await Dialer.Start(network, c => c with { Queue = null, Mode = PacingMode.Agentless, Agentless = new() { Message = "offer" }, Channels = 6 });
        await dialer.AddLeads([.. Enumerable.Range(0, 18).Select(i => $"+10000000{i:00}")]);
        foreach (var id in dialer.Servers) await Dialer.Until(() => dialer.Grains.Server(id).GetSnapshot(), s => s.State == ServerState.Online);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal(18, records.Count);
        Assert.All(records, r => Assert.Equal((Outcome.HumanAnswered, null, null, false), (r.Outcome, r.Agent, r.Intent.Queue, r.Abandoned)));
        // Three seconds at twice life's speed, less what we heard of the answer too late.
        Assert.All(records, r => Assert.True(r.Listened > TimeSpan.FromSeconds(0.5)));
        var calls = dialer.Network.Log.Calls;
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 6, _ => "campaign"));
        Assert.NotEmpty(NetworkAudit.ChannelsOver(calls, 5, _ => "campaign"));
        Assert.Equal(["pbx1", "pbx2"], calls.Select(c => c.Server).Distinct().Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_agents_a_script_of_the_dialplan_takes_the_call_also_after_AMD(bool detection)
    {
        await using var dialer = await Dialer.Start(Network(20), c => c with
        {
            Queue = null,
            Mode = PacingMode.Agentless,
            Agentless = new() { Context = "dialer", Extension = "message" },
            MachineDetection = detection ? new() : null,
        });
        await dialer.AddLeads(Human, Machine);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = (await dialer.Records()).ToDictionary(r => r.Intent.Number.Value, r => r.Outcome);
        Assert.Equal(Outcome.HumanAnswered, records[Human]);
        Assert.Equal(detection ? Outcome.Machine : Outcome.HumanAnswered, records[Machine]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_answered_call_goes_on_in_the_dialplan_and_its_record_has_the_agent_the_talk_and_whether_they_came_too_late(bool detection, bool late)
    {
        await using var dialer = await Dialer.Start(Network(), c => c with
        {
            Connect = new() { Context = "dialer", Extension = "queue" },
            MachineDetection = detection ? new() : null,
            AbandonAfter = late ? TimeSpan.FromTicks(1) : TimeSpan.FromMinutes(1),
        });
        await dialer.AddLeads(Human, Busy);

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = (await dialer.Records()).ToDictionary(r => r.Intent.Number.Value);
        Assert.True(records[Human] is { Outcome: Outcome.HumanAnswered, Agent: not null }, $"{records[Human]}");
        Assert.Equal((late, detection), (records[Human].Abandoned, records[Human].Verdict is not null));
        Assert.True(records[Human].AnsweredAt <= records[Human].BridgedAt && records[Human].BridgedAt < records[Human].EndedAt, $"{records[Human]}");
        Assert.Equal(Outcome.Busy, records[Busy].Outcome);
    }

    [Fact]
    public async Task A_context_that_the_server_does_not_have_is_named_and_nobody_is_called()
    {
        await using var dialer = await Dialer.Start(Network(), c => c with { Connect = new() { Context = "nosuch", Extension = "answered" } });
        await dialer.AddLeads(Human);

        await dialer.Start();
        var server = await Dialer.Until(() => dialer.Grains.Server(dialer.Servers.First()).GetSnapshot(), s => s.Problem?.Contains("answered@nosuch", StringComparison.Ordinal) == true);

        Assert.Equal(ServerState.Online, server.State);
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Theory]
    [InlineData("module", "app_amd")]
    [InlineData("write", "'agi' in write=")]
    [InlineData("read", "'agi' in read=")]
    [InlineData("system", "agiContext")]
    public async Task A_server_that_cannot_do_AMD_is_named_and_its_calls_go_to_agents_without_it(string missing, string said)
    {
        var network = Network(10);
        network = network with
        {
            Servers = [.. network.Servers.Select(s => s with
            {
                MissingApplications = missing == "module" ? ["AMD"] : [],
                Users = [new() { Read = missing == "read" ? EventClass.All & ~EventClass.Agi : EventClass.All, Write = EventClass.All & ~(missing == "write" ? EventClass.Agi : missing == "system" ? EventClass.System : EventClass.None) }],
            })],
        };
        await using var dialer = await Dialer.Start(network, c => c with { MachineDetection = new(), Channels = 1, AbandonAfter = TimeSpan.FromMinutes(1) });
        await dialer.AddLeads("+1001900001", "+1001400002");

        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.All(await dialer.Records(), r => Assert.Equal((Outcome.HumanAnswered, MachineVerdict.NotSure, false), (r.Outcome, r.Verdict, r.Agent is null)));
        var server = await dialer.Grains.Server(new("pbx1")).GetSnapshot();
        Assert.Equal(ServerState.Online, server.State);
        Assert.Contains(said, server.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_in_the_middle_of_AMD_when_the_link_is_lost_or_the_node_stops_are_handed_to_agents_afterwards(bool node)
    {
        await using var dialer = await Dialer.Start(Network(1), c => c with { MachineDetection = new() });
        await dialer.AddLeads("+1000000001", "+1000000002", "+1000000003");
        await dialer.Start();
        await Dialer.Until(() => Task.FromResult(dialer.Network.Log.Answered), answered => answered == 3);

        if (node)
        {
            await dialer.StopNode();
            await dialer.StartNode();
        }
        else dialer.Network.Servers[0].CutLinks();
        await dialer.Until(p => p.Talking == 3);
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.All(await dialer.Records(), r => Assert.Equal((Outcome.HumanAnswered, false), (r.Outcome, r.Agent is null)));
        Assert.Equal(3, dialer.Network.Log.Calls.Count);
    }
}
