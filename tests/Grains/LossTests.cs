using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Network;
using Carillon.Servers;
using Carillon.Storage;

namespace Carillon.Grains.Tests;

/// <summary>Losing a part loses no lead, no attempt and no record.</summary>
public class LossTests
{
    static string[] Numbers(int count, string talk = "20") => [.. Enumerable.Range(0, count).Select(i => $"+1001{talk}0{i:000}")];

    [Fact]
    public async Task Calls_survive_a_restart_of_the_node_and_each_gets_its_one_right_record()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 8) with { Speed = 4 });
        // The first ones talk until they are hung up.
        await dialer.AddLeads([.. Numbers(8, "00"), .. Numbers(8)]);
        await dialer.Start();
        await dialer.Until(p => p.Talking == 8);

        await dialer.StopNode();
        var living = dialer.Network.ActiveCalls;
        await dialer.StartNode();
        await dialer.HangUp();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(8, living);
        var records = await dialer.Records();
        Assert.Equal(16, records.Count);
        Assert.All(records, r => Assert.Equal(Outcome.HumanAnswered, r.Outcome));
        Assert.Equal(16, dialer.Network.Log.Calls.Count);
        Assert.All(await dialer.Leads(), l => Assert.Equal((LeadStatus.Answered, 1), (l.Status, l.Attempts)));
    }

    [Fact]
    public async Task Calls_go_on_while_the_connection_is_lost_and_their_records_are_right()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 8) with { Speed = 4 });
        await dialer.AddLeads(Numbers(16));
        await dialer.Start();
        await dialer.Until(p => p.Talking >= 6);

        foreach (var server in dialer.Network.Servers) server.CutLinks();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal(16, records.Count);
        Assert.Equal(16, dialer.Network.Log.Calls.Count);
        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
        Assert.All(await dialer.Leads(), l => Assert.Null(l.NextAt));
    }

    [Fact]
    public async Task Calls_that_die_with_their_server_end_as_Unknown_and_the_campaign_goes_on_when_it_is_back()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 4) with { Speed = 4 },
            schedule: s => s with { Unanswered = s.Unanswered with { Attempts = 2, Interval = TimeSpan.FromMilliseconds(100) } });
        await dialer.AddLeads(Numbers(8, "60"));
        await dialer.Start();
        await dialer.Until(p => p.Talking == 4);

        dialer.Network.Servers[0].Kill();
        await Dialer.Until(() => dialer.Grains.Server(new("pbx1")).GetSnapshot(), s => s.State == ServerState.Offline);
        dialer.Network.Servers[0].Start();
        await dialer.Until(p => p.Outcomes.GetValueOrDefault(Outcome.Unknown) > 0 || p.Talking > 0 && p.Outcomes.Count > 0);
        await dialer.Grains.Campaign(Dialer.Spring).Drain();
        await dialer.Until(p => p.Status == CampaignStatus.Stopped);

        Assert.Empty(NetworkAudit.NumbersInTwoCalls(dialer.Network.Log.Calls));
        Assert.Equal(dialer.Network.Log.Calls.Count, (await dialer.Records()).Count);
        Assert.DoesNotContain(await dialer.Leads(), l => l.Status == LeadStatus.Dialing);
    }

    [Fact]
    public async Task An_intent_of_an_owner_that_was_lost_ends_as_Unknown_and_is_not_redialed_blindly()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads("+1001010001");
        var intent = await Intent(dialer);
        // Nobody can say what that one had sent.
        var (lost, _) = await dialer.Get<ServerOwnerStore>().TakeAsync(intent.Server, "lost", TimeSpan.Zero);
        Assert.Equal(BeginResult.Begun, (await dialer.Get<AttemptStore>().BeginAsync([intent with { ServerEpoch = lost }])).Single());

        await dialer.StopNode();
        await dialer.StartNode();
        await dialer.Start();
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(Outcome.Unknown, (await dialer.Records()).Single().Outcome);
        Assert.Empty(dialer.Network.Log.Calls);
        Assert.Equal((LeadStatus.Unanswered, 1), (await dialer.Leads()).Select(l => (l.Status, l.Attempts)).Single());
    }

    [Fact]
    public async Task An_intent_whose_order_was_lost_on_its_way_is_taken_back_when_its_server_leaves_the_node()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads("+1001010001");
        await dialer.Grains.Server(new("pbx1")).Wake();
        Assert.Equal(BeginResult.Begun, (await dialer.Get<AttemptStore>().BeginAsync([await Intent(dialer)])).Single());

        await dialer.StopNode();
        await dialer.StartNode();

        Assert.Equal((LeadStatus.New, 0), (await dialer.Leads()).Select(l => (l.Status, l.Attempts)).Single());
        Assert.Empty(await dialer.Records());
    }

    [Fact]
    public async Task An_intent_whose_order_was_lost_on_its_way_is_taken_back_when_it_should_long_have_come()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads("+1001010001");
        await dialer.StopNode();
        await dialer.StartNode(o => (o.ChannelGrace, o.CheckInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
        await dialer.Grains.Server(new("pbx1")).Wake();
        await dialer.Get<AttemptStore>().BeginAsync([await Intent(dialer)]);

        Assert.Equal(0, (await Dialer.Until(() => dialer.Leads(), leads => leads.Single().Status == LeadStatus.New)).Single().Attempts);
        Assert.Empty(await dialer.Records());
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_call_whose_hangup_was_heard_just_before_its_node_stops_is_recorded_as_it_ended()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        await dialer.AddLeads("+1001010001");
        var intent = await Intent(dialer);
        await dialer.Get<AttemptStore>().BeginAsync([intent]);
        var call = dialer.Grains.Call(intent.Id);
        await call.Track(intent, new());
        // Asterisk's response to the Originate is still to come.
        await call.Observe(
        [
            new() { Kind = CallFactKind.Created, At = intent.At },
            new() { Kind = CallFactKind.HungUp, At = intent.At.AddSeconds(1), Reason = new() { Cause = HangupCause.UserBusy } },
        ]);

        await dialer.StopNode();
        await dialer.StartNode();

        Assert.Equal(Outcome.Busy, (await Dialer.Until(dialer.Records, r => r.Count > 0)).Single().Outcome);
    }

    /// <summary>Of the one lead that there is.</summary>
    static async Task<AttemptIntent> Intent(Dialer dialer)
    {
        var lead = (await dialer.Leads()).Single();
        return new()
        {
            Id = AttemptId.New(DateTimeOffset.UtcNow),
            Campaign = Dialer.Spring,
            LeadId = lead.Id,
            Number = lead.Number,
            Server = new("pbx1"),
            Trunk = new("pbx1-carrier"),
            Queue = Dialer.Sales,
            At = DateTimeOffset.UtcNow,
            AttemptNumber = 1,
        };
    }

    [Fact]
    public async Task A_server_with_a_wrong_secret_says_so_and_is_online_once_it_is_corrected()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        var servers = dialer.Get<ConfigStore<Servers.ServerConfig>>();
        var right = (await servers.GetAsync("pbx1"))!;
        await servers.UpdateAsync("pbx1", right.Config with { Secret = "wrong" }, right.Version);
        var server = dialer.Grains.Server(new("pbx1"));
        await server.ConfigChanged();

        var refused = await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Offline);
        Assert.Contains("secret", refused.Problem, StringComparison.OrdinalIgnoreCase);
        await servers.UpdateAsync("pbx1", right.Config, null);
        await server.ConfigChanged();
        await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Online);
    }

    [Fact]
    public async Task A_server_that_has_no_such_queue_is_named_in_the_campaigns_why()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        var queues = dialer.Get<ConfigStore<Queues.QueueConfig>>();
        await queues.UpdateAsync("sales", (await queues.GetAsync("sales"))!.Config with { AsteriskName = "nowhere" }, null);
        await dialer.Grains.Server(new("pbx1")).ConfigChanged();
        await dialer.Grains.Queue(Dialer.Sales).ConfigChanged();
        await dialer.AddLeads("+1001010001");

        await dialer.Start();

        await dialer.Until(p => p.Why.Contains("no queue 'nowhere' on pbx1", StringComparison.Ordinal));
        Assert.Empty(dialer.Network.Log.Calls);
    }

    [Fact]
    public async Task A_server_whose_channels_could_not_be_compared_with_the_store_is_asked_again()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        var server = dialer.Grains.Server(new("pbx1"));
        await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Online);
        await dialer.Sql("ALTER TABLE attempts RENAME TO away");

        dialer.Network.Servers[0].CutLinks();
        await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Connecting && s.Queues.Contains("sales"));
        await dialer.Sql("ALTER TABLE away RENAME TO attempts");

        await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Online);
    }

    static readonly Dictionary<string, Func<Servers.TrunkConfig, Servers.TrunkConfig?>> TrunkChanges = new()
    {
        ["removed"] = _ => null,
        ["switched off"] = t => t with { Enabled = false },
        ["slower"] = t => t with { CallsPerSecond = 0.01 },
    };

    [Theory]
    [InlineData("removed", 0)]
    [InlineData("switched off", 0)]
    [InlineData("slower", 1)]
    public async Task Calls_that_would_wait_for_long_because_their_trunk_was_changed_are_taken_back(string change, int mayWait)
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 6) with { Speed = 20 });
        var trunks = dialer.Get<ConfigStore<Servers.TrunkConfig>>();
        var carrier = (await trunks.GetAsync("pbx1-carrier"))!;
        await trunks.UpdateAsync("pbx1-carrier", carrier.Config with { CallsPerSecond = 3 }, null);
        var server = dialer.Grains.Server(new("pbx1"));
        await server.ConfigChanged();
        await Dialer.Until(server.GetSnapshot, s => s.State == ServerState.Online);
        await dialer.AddLeads(Numbers(6, "60"));
        // It answers nothing, so that no call's turn comes.
        dialer.Network.Servers[0].Freeze();
        await dialer.Start();
        await Dialer.Until(server.GetSnapshot, s => s.Pending >= 2);

        if (TrunkChanges[change](carrier.Config) is { } changed) await trunks.UpdateAsync("pbx1-carrier", changed, null);
        else await trunks.DeleteAsync("pbx1-carrier", null);
        await server.ConfigChanged();

        Assert.True((await server.GetSnapshot()).Pending <= mayWait);
        dialer.Network.Servers[0].Unfreeze();
        await Dialer.Until(() => dialer.Leads(), leads => leads.Count(l => l.Status == LeadStatus.Dialing) <= dialer.Network.Log.Calls.Count + mayWait);
    }

    [Fact]
    public async Task Calls_of_a_server_that_is_configured_no_more_are_given_up_after_a_restart_too()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        await dialer.AddLeads("+1001010001");
        await dialer.StopNode();
        await dialer.StartNode(o => o.UnreachableCallTimeout = TimeSpan.Zero);

        await dialer.Get<AttemptStore>().BeginAsync([await Intent(dialer) with { Server = new("gone"), Trunk = new("gone") }]);

        var record = (await Dialer.Until(() => dialer.Records(), r => r.Count > 0)).Single();
        Assert.Equal(Outcome.Unknown, record.Outcome);
        Assert.Equal(LeadStatus.Unanswered, (await dialer.Leads()).Single().Status);
    }

    [Fact]
    public async Task The_connection_of_an_activation_that_is_gone_takes_no_news_away()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 4) with { Speed = 20 });
        await dialer.AddLeads(Numbers(12, "05"));
        await dialer.Start();

        var finished = dialer.Until(p => p.Status == CampaignStatus.Finished);
        while (!finished.IsCompleted) Assert.Null(await dialer.Grains.Server(new("pbx1")).Digest(Guid.NewGuid(), received: 0));

        // Asking leaves little of the processor to the network, where a phone may then ring for longer than it is let: what counts is what the network saw.
        var (records, calls) = (await dialer.Records(), dialer.Network.Log.Calls);
        Assert.Equal(12, records.Count);
        Assert.Contains(calls, c => c.Answered is not null);
        Assert.Equal(
            calls.Where(c => c.Answered is not null).Select(c => c.Number.TrimStart('+')).Order(StringComparer.Ordinal),
            records.Where(r => r.AnsweredAt is not null).Select(r => r.Intent.Number.Value.TrimStart('+')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leads_whose_intents_could_not_be_stored_are_called_once_each_when_they_can()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20 });
        await dialer.AddLeads(Numbers(4, "05"));
        await dialer.Sql("CREATE TRIGGER full BEFORE INSERT ON attempts BEGIN SELECT RAISE(ABORT, 'no space'); END");
        await dialer.Start();
        await dialer.Until(p => p.Why.Contains("The database does not answer", StringComparison.Ordinal));
        Assert.Empty(dialer.Network.Log.Calls);

        await dialer.Sql("DROP TRIGGER full");
        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        Assert.Equal(4, dialer.Network.Log.Calls.Count);
        Assert.All(await dialer.Leads(), l => Assert.Equal((LeadStatus.Answered, 1), (l.Status, l.Attempts)));
    }

    [Fact]
    public async Task A_stop_that_could_not_be_stored_is_not_taken_for_done()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        await dialer.AddLeads(Numbers(3));
        await dialer.Start();
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        await dialer.Sql("CREATE TRIGGER full BEFORE UPDATE ON campaign_status BEGIN SELECT RAISE(ABORT, 'no space'); END");
        await Assert.ThrowsAsync<StorageException>(campaign.Stop);
        await dialer.Sql("DROP TRIGGER full");

        Assert.Equal(CampaignStatus.Stopped, (await campaign.Stop()).Status);

        Assert.Equal(CampaignStatus.Stopped, (await dialer.Get<CampaignStatusStore>().GetAsync(Dialer.Spring))!.Status);
    }

    /// <summary>Nobody can take the server: whoever asks it for anything gets no answer.</summary>
    static async Task Silence(Dialer dialer, string server)
    {
        await dialer.StopNode();
        await dialer.StartNode();
        await dialer.Sql($"CREATE TRIGGER silence BEFORE UPDATE ON server_owners WHEN NEW.server_id = '{server}' BEGIN SELECT RAISE(ABORT, 'silenced'); END");
        await dialer.StopNode();
        await dialer.StartNode();
    }

    [Fact]
    public async Task A_campaign_stops_on_all_servers_and_stays_stopped_although_one_does_not_answer()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 2));
        await dialer.AddLeads("+1001010001");
        await dialer.Sql($"UPDATE leads SET next_at = next_at + {TimeSpan.FromDays(1).Ticks / 10}");
        await dialer.Start();
        await Silence(dialer, "pbx1");
        var campaign = dialer.Grains.Campaign(Dialer.Spring);
        await dialer.Until(p => p.Status == CampaignStatus.Running);

        Assert.Contains("pbx1", (await campaign.Stop()).Refusal, StringComparison.Ordinal);

        Assert.Equal(CampaignStatus.Stopped, (await dialer.Get<CampaignStatusStore>().GetAsync(Dialer.Spring))!.Status);
        // It is not taken for done.
        Assert.False((await campaign.Stop()).Accepted);
        await dialer.Sql("DROP TRIGGER silence");
        Assert.True((await campaign.Stop()).Accepted);
    }

    [Fact]
    public async Task Calls_go_out_on_the_other_servers_while_one_does_not_answer()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 2, agents: 2) with { Speed = 8 }, c => c with { Queue = null, Mode = PacingMode.Agentless, Agentless = new() { Message = "offer" }, Channels = 6 });
        await Silence(dialer, "pbx1");
        await Dialer.Until(() => dialer.Grains.Server(new("pbx2")).GetSnapshot(), s => s.State == ServerState.Online);
        await dialer.AddLeads(Numbers(12, "01"));
        await dialer.Start();

        await dialer.Until(p => p.Status == CampaignStatus.Finished);

        var records = await dialer.Records();
        Assert.Equal(12, records.Count);
        Assert.All(records, r => Assert.Equal(new ServerId("pbx2"), r.Intent.Server));
    }

    [Fact]
    public async Task A_call_whose_record_somebody_else_has_written_is_told_of_and_counted_by_nobody_else()
    {
        await using var dialer = await Dialer.Start(NetworkConfig.Of(servers: 1, agents: 1));
        await dialer.StopNode();
        await dialer.StartNode(o => o.ChannelGrace = TimeSpan.FromMinutes(5));
        // Without telling the campaign, which adopts what is open when it awakes.
        await dialer.Get<LeadStore>().AddAsync(Dialer.Spring, new("+1001010001"));
        var intent = await Intent(dialer);
        await dialer.Get<AttemptStore>().BeginAsync([intent]);
        Assert.Equal(1, (await dialer.Grains.Campaign(Dialer.Spring).GetProgress()).Dialing);
        var call = dialer.Grains.Call(intent.Id);
        await call.Track(intent, new());
        await dialer.Get<AttemptStore>().CompleteAsync(
            new() { Intent = intent, EndedAt = intent.At.AddSeconds(2), Outcome = Outcome.HumanAnswered }, (_, _) => new() { Status = LeadStatus.Answered, AttemptsSinceAnswer = 0 });

        var busy = new EndReason { Cause = HangupCause.UserBusy };
        await call.Observe(
        [
            new() { Kind = CallFactKind.Created, At = intent.At },
            new() { Kind = CallFactKind.OriginateFailed, At = intent.At.AddSeconds(1), Reason = busy },
            new() { Kind = CallFactKind.HungUp, At = intent.At.AddSeconds(1), Reason = busy },
        ]);

        Assert.DoesNotContain(Outcome.Busy, (await dialer.Grains.Campaign(Dialer.Spring).GetProgress()).Outcomes.Keys);
        Assert.Equal(Outcome.HumanAnswered, (await dialer.Records()).Single().Outcome);
    }
}
