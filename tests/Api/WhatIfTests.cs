using System.Net;
using System.Text.Json.Nodes;
using Carillon.Api.Campaigns.WhatIf;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Queues;
using Carillon.Storage;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class WhatIfTests(TestNode node) : IClassFixture<TestNode>
{
    static int _numbers = 5_000_000;

    readonly string[] _agents = ["PJSIP/501", "PJSIP/502", "PJSIP/503", "PJSIP/504"];

    static double Expected(JsonNode side, string figure) => side[figure]!["expected"]!.GetValue<double>();

    /// <summary>However slow the machine is that simulates.</summary>
    async Task<HttpClient> Patient()
    {
        var client = await node.Administrator();
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    /// <summary>A campaign in Predictive mode whose calls, one in three of them answered, ended in the last hour; and leads that are left.</summary>
    async Task<(string Campaign, Floor Floor)> Campaign(HttpClient client, int calls, int left = 40, string mode = "Predictive", string? group = null)
    {
        var floor = await Floor.Make(client, group);
        var campaign = (await client.Post("/campaigns", new
        {
            name = "what-if " + floor.Schedule,
            schedule = floor.Schedule,
            queue = floor.Queue,
            trunks = new[] { floor.Trunk },
            channels = 100,
            mode,
            group = floor.Group,
        }).Json(HttpStatusCode.Created)).Id();
        for (var i = 0; i < calls; i++) await Ended(campaign, i);
        for (var i = 0; i < left; i++) await Lead(campaign);
        node.Grains.Factory.GetGrain<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue, _agents));
        return (campaign, floor);
    }

    async Task<Lead> Lead(string campaign) =>
        (await node.Service<LeadStore>().AddAsync(new(campaign), new PhoneNumber($"+7495{Interlocked.Increment(ref _numbers):0000000}")))!;

    async Task Ended(string campaign, int i)
    {
        var (lead, at, store) = (await Lead(campaign), node.Time.GetUtcNow().AddSeconds(-3600 + i), node.Service<AttemptStore>());
        var intent = new AttemptIntent
        {
            Id = AttemptId.New(at),
            Campaign = new(campaign),
            LeadId = lead.Id,
            Number = lead.Number,
            Server = new("s"),
            Trunk = new("t"),
            Queue = new("q"),
            At = at,
            AttemptNumber = 1,
        };
        Assert.Equal(BeginResult.Begun, Assert.Single(await store.BeginAsync([intent])));
        var answered = i % 3 == 0;
        var ended = new Attempt
        {
            Intent = intent,
            AnsweredAt = answered ? at.AddSeconds(9) : null,
            BridgedAt = answered ? at.AddSeconds(10) : null,
            EndedAt = at.AddSeconds(answered ? 70 + i % 50 : 25),
            Outcome = answered ? Outcome.HumanAnswered : Outcome.NoAnswer,
            Agent = answered ? new("PJSIP/50" + i % 7) : null,
        };
        Assert.True(await store.CompleteAsync(ended, (_, _) => new() { Status = LeadStatus.Unanswered, AttemptsSinceAnswer = 0 }));
    }

    [Fact]
    public async Task Present_and_asked_stand_side_by_side_with_what_they_rest_on_and_why()
    {
        var client = await Patient();
        // Nobody asks on the full second.
        node.Time.Advance(TimeSpan.FromTicks(1_234_567));
        var (campaign, _) = await Campaign(client, 240);

        var answer = await client.Post($"/campaigns/{campaign}/what-if", new { agentsMore = 3, abandonmentCap = 0.02, wrapUp = "00:00:10" }).Json();

        var (present, asked) = (answer["present"]!, answer["asked"]!);
        Assert.Equal((4, 0.03), (present["agents"]!.GetValue<int>(), present["abandonmentCap"]!.GetValue<double>()));
        Assert.Equal((7, 0.02), (asked["agents"]!.GetValue<int>(), asked["abandonmentCap"]!.GetValue<double>()));
        // The trunk's 30, not the campaign's 100.
        Assert.Equal(30, asked["channels"]!.GetValue<int>());
        Assert.InRange(Expected(asked, "talksPerHour"), Expected(present, "talksPerHour") * 1.4, Expected(present, "talksPerHour") * 2.2);
        Assert.InRange(Expected(asked, "utilisation"), 0.5, 1);
        Assert.InRange(Expected(asked, "abandonedShare"), 0, 0.05);
        var (now, finish) = (node.Time.GetUtcNow(), asked["finish"]!["at"]!.GetValue<DateTimeOffset>());
        var moscow = TimeZoneInfo.ConvertTime(finish, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"));
        Assert.True(finish > now);
        Assert.Equal(DayOfWeek.Monday, moscow.DayOfWeek);
        Assert.InRange(moscow.TimeOfDay, TimeSpan.FromHours(9), TimeSpan.FromHours(18));
        Assert.True(finish <= present["finish"]!["at"]!.GetValue<DateTimeOffset>());
        var history = answer["history"]!;
        Assert.Equal((240, 80, 40L), (history["records"]!.GetValue<int>(), history["answered"]!.GetValue<int>(), history["leadsLeft"]!.GetValue<long>()));
        Assert.Equal(("Queue", "Request"), (history["agentsFrom"]!.GetValue<string>(), history["wrapUpFrom"]!.GetValue<string>()));
        Assert.StartsWith("With 7 agents instead of 4, a cap of 2% instead of a cap of 3%, agents would be busy ", answer["why"]!.GetValue<string>());
        Assert.Contains(FormattableString.Invariant($"and the list would be through on {moscow:ddd d MMM yyyy HH:mm}"), answer["why"]!.GetValue<string>());
        Assert.Contains("without breaks", answer["assumes"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_channels_and_fewer_answers_are_told_as_well()
    {
        var client = await Patient();
        var (campaign, _) = await Campaign(client, 180, left: 0, mode: "Progressive");
        var answer = await client.Post($"/campaigns/{campaign}/what-if", new { channels = 2, answerTimes = 0.5 }).Json();
        Assert.StartsWith("With 2 channels instead of 30, 0.5 times as many people answering, agents would be busy ", answer["why"]!.GetValue<string>());
        Assert.True(Expected(answer["asked"]!, "talksPerHour") < Expected(answer["present"]!, "talksPerHour") / 2);
    }

    [Fact]
    public async Task The_same_question_has_the_same_answer_and_nothing_asked_is_the_present()
    {
        var client = await Patient();
        var (campaign, _) = await Campaign(client, 180, left: 0, mode: "Progressive");

        var first = await client.Post($"/campaigns/{campaign}/what-if").Json();

        Assert.True(JsonNode.DeepEquals(first["present"], first["asked"]));
        Assert.True(JsonNode.DeepEquals(first, await client.Post($"/campaigns/{campaign}/what-if", new { seed = 1 }).Json()));
        Assert.False(JsonNode.DeepEquals(first["present"], (await client.Post($"/campaigns/{campaign}/what-if", new { seed = 2 }).Json())["present"]));
        Assert.Null(first["present"]!["finish"]!["at"]);
        Assert.Equal("No lead is left to be called.", first["present"]!["finish"]!["why"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_campaign_that_has_hardly_called_is_refused_with_what_is_missing()
    {
        var client = await Patient();
        var (campaign, _) = await Campaign(client, 30);
        var refused = await client.Post($"/campaigns/{campaign}/what-if", new { agents = 5 }).Json(HttpStatusCode.Conflict);
        Assert.StartsWith("The campaign's records hold 10 answered calls and 10 talks; what if needs 50 and 20.", refused["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{ "agents": 0 }""", "agents")]
    [InlineData("""{ "agents": 5, "agentsMore": 1 }""", "agentsMore")]
    [InlineData("""{ "agentsMore": -4 }""", "agentsMore")]
    [InlineData("""{ "mode": "Preview" }""", "mode")]
    [InlineData("""{ "mode": "Ratio", "ratio": 0.5 }""", "ratio")]
    [InlineData("""{ "ratio": 2 }""", "ratio")]
    [InlineData("""{ "ratioOf": "Channels" }""", "ratioOf")]
    [InlineData("""{ "abandonmentCap": 0.3 }""", "abandonmentCap")]
    [InlineData("""{ "mode": "Progressive", "abandonmentCap": 0.02 }""", "abandonmentCap")]
    [InlineData("""{ "channels": 0 }""", "channels")]
    [InlineData("""{ "answerTimes": 0 }""", "answerTimes")]
    [InlineData("""{ "wrapUp": "02:00:00" }""", "wrapUp")]
    [InlineData("""{ "agentz": 5 }""", "agentz")]
    public async Task What_cannot_be_is_refused_by_its_field(string request, string field)
    {
        var client = await Patient();
        var (campaign, _) = await Campaign(client, 0, left: 0);
        var refused = await client.PostText($"/campaigns/{campaign}/what-if", request).Json(HttpStatusCode.BadRequest);
        Assert.Equal([field], refused["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task At_night_the_agents_are_those_of_the_last_day_and_with_none_the_number_must_be_said()
    {
        var client = await Patient();
        var (campaign, floor) = await Campaign(client, 180, left: 0, mode: "Progressive");
        node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue));
        var answer = await client.Post($"/campaigns/{campaign}/what-if").Json();
        Assert.Equal(("LastDay", 7), (answer["history"]!["agentsFrom"]!.GetValue<string>(), answer["present"]!["agents"]!.GetValue<int>()));

        var (unknown, empty) = await Campaign(client, 0, left: 0);
        node.Grains.Get<IQueueGrain>(empty.Queue).GetSnapshot().Returns(FakeGrains.Queue(empty.Queue));
        await client.Post($"/campaigns/{unknown}/what-if").Error("agents");
    }

    [Fact]
    public async Task Wrap_ups_that_were_seen_count_and_otherwise_the_queue_s()
    {
        var client = await Patient();
        var (campaign, floor) = await Campaign(client, 180, left: 0, mode: "Progressive");
        var without = await client.Post($"/campaigns/{campaign}/what-if").Json();
        node.Grains.Get<IQueueGrain>(floor.Queue).GetWrapUps().Returns([.. Enumerable.Repeat(TimeSpan.FromSeconds(90), 25)]);
        var seen = await client.Post($"/campaigns/{campaign}/what-if").Json();
        Assert.Equal(("Config", "Seen"), (without["history"]!["wrapUpFrom"]!.GetValue<string>(), seen["history"]!["wrapUpFrom"]!.GetValue<string>()));
        Assert.True(Expected(seen["present"]!, "talksPerHour") < Expected(without["present"]!, "talksPerHour") * 0.8);
    }

    [Fact]
    public async Task A_mode_that_no_floor_knows_and_a_campaign_of_others_are_refused()
    {
        var client = await Patient();
        var (preview, floor) = await Campaign(client, 0, left: 0, mode: "Preview", group: "theirs");
        await client.Post($"/campaigns/{preview}/what-if", new { agents = 5 }).Expect(HttpStatusCode.Conflict);
        await (await node.As(Role.Supervisor, ["others"])).Post($"/campaigns/{preview}/what-if", new { agents = 5 }).Expect(HttpStatusCode.NotFound);
        await (await node.As(Role.Supervisor, [floor.Group!])).Post($"/campaigns/{preview}/what-if", new { agents = 5 }).Expect(HttpStatusCode.Conflict);
        await (await node.As(Role.Operator, [floor.Group!])).Post($"/campaigns/{preview}/what-if", new { agents = 5 }).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task While_a_simulation_runs_another_one_is_told_when_to_ask_again()
    {
        var client = await Patient();
        var (campaign, _) = await Campaign(client, 0, left: 0);
        using (node.Service<WhatIfPlaces>().TryEnter())
        {
            using var refused = await client.Post($"/campaigns/{campaign}/what-if");
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(5)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        }
        // The place is free again; only the records are missing.
        await client.Post($"/campaigns/{campaign}/what-if").Expect(HttpStatusCode.Conflict);
    }
}
