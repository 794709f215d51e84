using System.Net;
using Carillon.Campaigns;
using Carillon.Queues;
using Carillon.Servers;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class ConfigTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task A_campaign_is_made_read_changed_and_deleted()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        using var made = await client.Post("/campaigns", floor.NewCampaign("Spring"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("\"1\"", made.Headers.ETag!.Tag);
        var address = made.Headers.Location!.ToString();

        using var read = await client.GetAsync(address);
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);
        var path = address["/api/v1".Length..];
        var changed = await client.Put(path, floor.NewCampaign("Summer"), "\"1\"").Json();
        Assert.Equal("Summer", changed["config"]!["name"]!.GetValue<string>());
        Assert.Equal(2, changed["version"]!.GetValue<int>());
        Assert.Contains("Summer", (await client.Get("/campaigns").Json()).ToJsonString(), StringComparison.Ordinal);

        await client.Delete(path).Expect(HttpStatusCode.NoContent);
        await client.Get(path).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_as_it_is()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client, "round");
        var agent = await client.Post("/agents", new { name = "Round", interfaces = new[] { "PJSIP/777" } }).Json(HttpStatusCode.Created);
        var user = await client.Post("/users", new { config = new { login = "round", role = "Operator" } }).Json(HttpStatusCode.Created);
        foreach (var path in new[]
        {
            $"/servers/{floor.Server}", $"/trunks/{floor.Trunk}", $"/queues/{floor.Queue}", $"/schedules/{floor.Schedule}", $"/groups/{floor.Group}",
            $"/campaigns/{await floor.Campaign(client)}", $"/agents/{Uri.EscapeDataString(agent.Id())}", $"/users/{user.Id()}",
        })
        {
            using var read = await client.Get(path);
            var config = (await Task.FromResult(read).Json())["config"]!;
            var back = await client.Put(path, config, read.Headers.ETag!.Tag).Json();
            Assert.Equal(config.ToJsonString(), back["config"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_campaign_without_agents_needs_no_queue_and_keeps_what_it_does_with_answered_calls()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var made = await client.Post("/campaigns", new
        {
            name = "Message " + floor.Schedule,
            schedule = floor.Schedule,
            trunks = new[] { floor.Trunk },
            mode = "Agentless",
            agentless = new { message = "custom/offer", keys = "12" },
            machineDetection = new { onMachine = "LeaveMessage", message = "custom/offer", greeting = "00:00:01.5" },
        }).Json(HttpStatusCode.Created);

        var config = (await client.Get($"/campaigns/{made.Id()}").Json())["config"]!;
        Assert.Null(config["queue"]);
        Assert.Equal("custom/offer", config["agentless"]!["message"]!.GetValue<string>());
        Assert.Equal("00:00:05", config["machineDetection"]!["totalAnalysisTime"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Progressive", null, null, null, "queue")]
    [InlineData("Agentless", null, null, null, "agentless")]
    [InlineData("Agentless", "offer,noanswer", null, null, "agentless.message")]
    [InlineData("Agentless", "../../etc/passwd", null, null, "agentless.message")]
    [InlineData("Agentless", "offer\"\r\nAction: Command", null, null, "agentless.message")]
    [InlineData("Agentless", "offer", "survey", "s", "agentless.context")]
    [InlineData("Agentless", null, "survey", null, "agentless.extension")]
    [InlineData("Agentless", null, "sur vey 1", "s", "agentless.context")]
    public async Task What_Asterisk_could_not_do_with_answered_calls_is_refused(string mode, string? message, string? context, string? extension, string field)
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var agentless = message is null && context is null ? null : new { message, context, extension };
        var refused = await client.Post("/campaigns", new { name = "Refused", schedule = floor.Schedule, trunks = new[] { floor.Trunk }, mode, agentless }).RefusedFields();

        Assert.Contains(field, refused);
    }

    [Fact]
    public async Task Answered_calls_go_on_in_a_context_of_the_dialplan_if_the_campaign_names_one()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var made = await client.Post("/campaigns", new { name = "Context " + floor.Schedule, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, connect = new { context = "from-dialer" } })
            .Json(HttpStatusCode.Created);

        var connect = (await client.Get($"/campaigns/{made.Id()}").Json())["config"]!["connect"]!;

        Assert.Equal(("from-dialer", "s", 1), (connect["context"]!.GetValue<string>(), connect["extension"]!.GetValue<string>(), connect["priority"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("", "s", 1, "Progressive", false, "connect.context")]
    [InlineData("from-dialer\r\nAction: Command", "s", 1, "Progressive", false, "connect.context")]
    [InlineData("from,dialer", "s", 1, "Progressive", false, "connect.context")]
    [InlineData("from-dialer", "${SHELL(id)}", 1, "Progressive", false, "connect.extension")]
    [InlineData("from-dialer", "s", 0, "Progressive", false, "connect.priority")]
    [InlineData("from-dialer", "s", 1, "Progressive", true, "connect")]
    [InlineData("from-dialer", "s", 1, "Preview", false, "connect")]
    [InlineData("from-dialer", "s", 1, "Agentless", false, "connect")]
    public async Task A_place_in_the_dialplan_that_answered_calls_cannot_go_to_is_refused(string context, string extension, int priority, string mode, bool agentFirst, string field)
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var refused = await client.Post("/campaigns", new { name = "Refused", schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, mode, agentFirst, connect = new { context, extension, priority } })
            .RefusedFields();

        Assert.Contains(field, refused);
    }

    [Fact]
    public async Task Parameters_of_AMD_that_are_out_of_range_or_of_no_use_are_named()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var refused = await client.Post("/campaigns", new
        {
            name = "Refused",
            schedule = floor.Schedule,
            queue = floor.Queue,
            trunks = new[] { floor.Trunk },
            agentFirst = true,
            machineDetection = new { onMachine = "LeaveMessage", totalAnalysisTime = "00:01:00", maximumWords = 0 },
        }).RefusedFields();

        Assert.Equal(["machineDetection", "machineDetection.maximumWords", "machineDetection.message", "machineDetection.totalAnalysisTime"], refused);
    }

    [Fact]
    public async Task An_edit_needs_the_version_that_was_read()
    {
        var client = await node.Administrator();
        var group = await client.Post("/groups", new { name = "Sales" }).Json(HttpStatusCode.Created);
        await client.Put($"/groups/{group.Id()}", new { name = "Sales 2" }).Expect(HttpStatusCode.PreconditionRequired);
        await client.Put($"/groups/{group.Id()}", new { name = "Sales 2" }, "\"7\"").Expect(HttpStatusCode.PreconditionFailed);
        await client.Put($"/groups/{group.Id()}", new { name = "Sales 2" }, "nonsense").Expect(HttpStatusCode.PreconditionFailed);
        await client.Put($"/groups/{group.Id()}", new { name = "Sales 2" }, "\"1\"").Expect(HttpStatusCode.OK);
        await client.Put($"/groups/{group.Id()}", new { name = "Sales 3" }, "\"1\"").Expect(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task What_is_used_is_not_deleted_and_the_refusal_says_by_what()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        await client.Post("/campaigns", floor.NewCampaign("Autumn")).Expect(HttpStatusCode.Created);
        foreach (var path in new[] { $"/schedules/{floor.Schedule}", $"/queues/{floor.Queue}", $"/trunks/{floor.Trunk}" })
        {
            var problem = await client.Delete(path).Json(HttpStatusCode.Conflict);
            Assert.Contains("campaign Autumn", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        var server = await client.Delete($"/servers/{floor.Server}").Json(HttpStatusCode.Conflict);
        Assert.Contains("trunk", server["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_written_and_never_read_out()
    {
        var client = await node.Administrator();
        var made = await client.Post("/servers", Floor.NewServer("quiet")).Json(HttpStatusCode.Created);
        Assert.Null(made["config"]!["secret"]);
        var edited = await client.Put($"/servers/{made.Id()}", new { name = "quiet", host = "10.0.0.1", username = "carillon" }, "*").Json();
        Assert.Equal("10.0.0.1", edited["config"]!["host"]!.GetValue<string>());
        var stored = await node.Service<Storage.ConfigStore<ServerConfig>>().GetAsync(made.Id());
        Assert.Equal("s3cret-of-ami", stored!.Config.Secret);
        Assert.DoesNotContain("s3cret-of-ami", await (await client.Get("/audit?limit=1000")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await client.Post("/servers", new { name = "no secret", host = "10.0.0.1", username = "carillon" }).Error("secret");
    }

    [Fact]
    public async Task A_change_reaches_the_grains_that_it_concerns()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        var grain = node.Grains.Get<ICampaignGrain>(campaign);
        foreach (var (path, body) in new (string, object)[]
        {
            ($"/schedules/{floor.Schedule}", Floor.NewSchedule("new hours")),
            ($"/queues/{floor.Queue}", new { name = "new-queue", servers = new[] { floor.Server } }),
            ($"/trunks/{floor.Trunk}", new { name = "new trunk", server = floor.Server, dialString = "PJSIP/{e164}@carrier" }),
            ($"/campaigns/{campaign}", floor.NewCampaign("new campaign")),
        })
        {
            grain.ClearReceivedCalls();
            await client.Put(path, body, "*").Expect(HttpStatusCode.OK);
            await grain.Received(1).ConfigChanged();
        }
        await node.Grains.Get<IQueueGrain>(floor.Queue).Received().ConfigChanged();
        await node.Grains.Get<IServerGrain>(floor.Server).Received().ConfigChanged();
    }

    [Fact]
    public async Task A_server_that_gets_another_name_is_called_so_by_its_queues_too()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var queue = node.Grains.Get<IQueueGrain>(floor.Queue);
        queue.ClearReceivedCalls();
        await client.Put($"/servers/{floor.Server}", new { name = floor.NameOfServer, host = "192.0.2.77", username = "carillon" }, "*").Expect(HttpStatusCode.OK);
        await queue.DidNotReceive().ConfigChanged();
        await client.Put($"/servers/{floor.Server}", new { name = "called otherwise", host = "192.0.2.77", username = "carillon" }, "*").Expect(HttpStatusCode.OK);
        await queue.Received(1).ConfigChanged();
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        var client = await node.Administrator();
        var fields = await client.Post("/campaigns", new { name = " ", schedule = "s", queue = "q", trunks = new[] { "t" }, channels = 0, country = "XX" }).RefusedFields();
        Assert.Superset(new HashSet<string> { "name", "schedule", "queue", "trunks[0]", "channels", "country" }, fields.ToHashSet());
    }

    [Theory]
    [InlineData("sales,,,,,agi.sh", null, null, "asteriskName")]
    [InlineData("sales\r\nAction: Command", null, null, "asteriskName")]
    [InlineData("sales", "Local/1@from-internal&SIP/evil", null, "agentFirstChannel")]
    [InlineData("sales", null, "PJSIP/{number}@carrier\r\nAction: Command", "dialString")]
    [InlineData("sales", null, "PJSIP/{number}@carrier&PJSIP/900", "dialString")]
    public async Task Nothing_that_would_be_more_than_a_name_or_a_channel_in_asterisk_is_taken(string queue, string? channel, string? dialString, string field)
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        if (dialString is null) await client.Post("/queues", new { name = "Injected", asteriskName = queue, agentFirstChannel = channel, servers = new[] { floor.Server } }).Error(field);
        else await client.Post("/trunks", new { name = "Injected", server = floor.Server, dialString }).Error(field);
    }

    [Fact]
    public async Task A_trunk_must_leave_from_a_server_of_the_queue()
    {
        var client = await node.Administrator();
        var (here, there) = (await Floor.Make(client), await Floor.Make(client));
        var sentence = await client.Post("/campaigns", new { name = "Crossed", schedule = here.Schedule, queue = here.Queue, trunks = new[] { there.Trunk } }).Error("trunks[0]");
        Assert.Contains("does not serve the queue", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_once_whatever_its_case()
    {
        var client = await node.Administrator();
        await client.Post("/groups", new { name = "Север" }).Expect(HttpStatusCode.Created);
        await client.Post("/groups", new { name = "СЕВЕР" }).Error("name", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_unknown_time_zone_and_a_schedule_that_never_opens_are_refused_in_words()
    {
        var client = await node.Administrator();
        Assert.Contains("Europe/Moscow", await client.Post("/schedules", Floor.NewSchedule("lost", timeZone: "Europe/Moskow")).Error("timeZone"), StringComparison.Ordinal);
        await client.Post("/schedules", new { name = "never", timeZone = "Europe/Moscow", unanswered = new { hours = Array.Empty<object>() } }).Error("unanswered.hours");
    }

    [Fact]
    public async Task An_agent_keeps_the_id_by_which_queues_know_them()
    {
        var client = await node.Administrator();
        using var made = await client.Post("/agents", new { name = "Anna", interfaces = new[] { "PJSIP/9001" } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var read = await client.GetAsync(made.Headers.Location).Json();
        Assert.Equal("PJSIP/9001", read.Id());
        var taken = await client.Post("/agents", new { name = "Boris", interfaces = new[] { "PJSIP/9001" } }).Error("interfaces[0]");
        Assert.Contains("Anna", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_command_answers_with_the_campaigns_own_sentence()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        var started = await client.Post($"/campaigns/{campaign}/start").Json();
        Assert.Equal("Running", started["status"]!.GetValue<string>());

        node.Grains.Get<ICampaignGrain>(campaign).Resume().Returns(new CampaignCommandResult(CampaignStatus.Running, "The campaign is not paused."));
        var problem = await client.Post($"/campaigns/{campaign}/resume").Json(HttpStatusCode.Conflict);
        Assert.Equal("The campaign is not paused.", problem["detail"]!.GetValue<string>());
        var progress = await client.Get($"/campaigns/{campaign}/progress").Json();
        Assert.Equal("Two agents are free.", progress["why"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_what_was_and_what_is()
    {
        var client = await node.Administrator();
        var group = await client.Post("/groups", new { name = "Before" }).Json(HttpStatusCode.Created);
        await client.Put($"/groups/{group.Id()}", new { name = "After" }, "*").Expect(HttpStatusCode.OK);
        var items = (await client.Get($"/audit?kind=group&target={group.Id()}").Json())["items"]!.AsArray();
        Assert.Equal(["edit", "create"], items.Select(i => i!["action"]!.GetValue<string>()));
        Assert.Equal("""["Before","After"]""", items[0]!["detail"]!["changes"]!["name"]!.ToJsonString());
        Assert.Equal("127.0.0.1", items[0]!["address"]!.GetValue<string>());
        Assert.StartsWith("Administrator-", items[0]!["user"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
