using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Carillon.Agents;
using Carillon.Calls;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class StatisticsTests(TestNode node) : IClassFixture<TestNode>
{
    /// <summary>The node's clock stands still, and calls begin before the end.</summary>
    string Until => "to=" + Uri.EscapeDataString(node.Time.GetUtcNow().AddHours(1).ToString("O"));

    static string Text(JsonNode? value) => value?.GetValue<string>() ?? "";

    [Fact]
    public async Task Calls_are_summed_up_by_campaign_agent_hour_day_trunk_and_caller_id()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/701");
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/702");
        await CallRecords.Ended(node, campaign, Outcome.Busy, "PJSIP/702");

        async Task<List<JsonNode>> Rows(string query) => [.. (await client.Get($"/statistics?campaign={campaign}&{Until}{query}").Json())["rows"]!.AsArray().Select(r => r!)];
        var row = Assert.Single(await Rows(""));
        Assert.Equal(campaign, Text(row["key"]));
        Assert.StartsWith("campaign", Text(row["name"]), StringComparison.Ordinal);
        Assert.Equal((3, 2, 0.667), (row["attempts"]!.GetValue<int>(), row["answered"]!.GetValue<int>(), Math.Round(row["answerRate"]!.GetValue<double>(), 3)));
        Assert.Equal("00:02:06", Text(row["talk"]));
        Assert.Equal("00:00:42", Text(row["meanTalk"]));
        Assert.Equal(["PJSIP/702", "PJSIP/701"], (await Rows("&by=agent")).Select(r => Text(r["key"])));
        Assert.Equal("PJSIP/701", Text(Assert.Single(await Rows("&by=agent&agent=PJSIP/701"))["key"]));
        Assert.Equal("t", Text(Assert.Single(await Rows("&by=trunk"))["key"]));
        Assert.Null(Assert.Single(await Rows("&by=callerId"))["key"]);

        var local = node.Time.GetUtcNow().AddHours(3);
        var hours = await Rows("&by=hour&timeZone=UTC%2B3");
        Assert.Equal(24, hours.Count);
        Assert.Equal(local.ToString("HH':00'", CultureInfo.InvariantCulture), Text(Assert.Single(hours, h => h["attempts"]!.GetValue<int>() == 3)["name"]));
        var days = await Rows("&by=day&timeZone=UTC%2B3");
        Assert.InRange(days.Count, 8, 9);
        Assert.Equal(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(Assert.Single(days, d => d["attempts"]!.GetValue<int>() == 3)["key"]));
        Assert.Equal(3, (await client.Get($"/statistics?campaign={campaign}&{Until}&by=day").Json())["total"]!["attempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_supervisor_sums_up_calls_of_their_campaigns_only_and_an_operator_none()
    {
        var client = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(client, "mine"), await Floor.Make(client, "theirs"));
        var (my, their) = (await mine.Campaign(client), await theirs.Campaign(client));
        await CallRecords.Ended(node, my, Outcome.HumanAnswered, "PJSIP/711");
        await CallRecords.Ended(node, their, Outcome.HumanAnswered, "PJSIP/712");
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);

        async Task<IEnumerable<string>> Keys(string query) => (await supervisor.Get($"/statistics?{Until}{query}").Json())["rows"]!.AsArray().Select(r => Text(r!["key"]));
        Assert.Equal([my], await Keys(""));
        Assert.Equal(["PJSIP/711"], await Keys("&by=agent"));
        Assert.Empty(await Keys($"&campaign={their}"));
        var csv = await (await supervisor.Get($"/statistics.csv?by=agent&{Until}")).Content.ReadAsStringAsync();
        Assert.Contains("PJSIP/711", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("PJSIP/712", csv, StringComparison.Ordinal);
        await (await node.As(Role.Operator, agent: "PJSIP/711")).Get("/statistics").Expect(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_file_has_what_the_answer_has()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "=1+1");
        var lines = (await (await client.Get($"/statistics.csv?by=agent&campaign={campaign}&{Until}&separator=semicolon")).Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(["key;name;attempts;answered;answerRate;abandoned;abandonRate;talks;talkSeconds;meanTalkSeconds", "'=1+1;'=1+1;1;1;1;0;0;1;42;42", ""], lines);

        using var workbook = new ZipArchive(await (await client.Get($"/statistics.xlsx?by=agent&campaign={campaign}&{Until}")).Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(workbook.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var text = await sheet.ReadToEndAsync();
        Assert.Contains(">meanTalkSeconds<", text, StringComparison.Ordinal);
        Assert.Contains("<v>42</v>", text, StringComparison.Ordinal);
    }

    /// <summary>A minute free, two in a talk, one of wrap-up and six in pauses, half an hour ago.</summary>
    async Task Work(string agent)
    {
        var at = node.Time.GetUtcNow().AddMinutes(-30);
        AgentSpell Spell(AgentPlace place, int from, int to, string? reason = null) => new(new(agent), place, reason, at.AddMinutes(from), at.AddMinutes(to));
        await node.Service<AgentTimeStore>().AddAsync(
            [Spell(AgentPlace.Free, 0, 1), Spell(AgentPlace.Talking, 1, 3), Spell(AgentPlace.WrappingUp, 3, 4), Spell(AgentPlace.Paused, 4, 9, "lunch"), Spell(AgentPlace.Paused, 9, 10)]);
    }

    [Fact]
    public async Task An_agents_time_at_work_is_told_with_what_of_it_was_talk_wrap_up_and_pauses()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/751");
        await Work("PJSIP/751");
        await Work("PJSIP/752");
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/753");

        async Task<Dictionary<string, JsonNode?>> ByAgent(string query) =>
            (await client.Get($"/statistics?by=agent&{Until}{query}").Json())["rows"]!.AsArray().ToDictionary(r => Text(r!["key"]), r => r!["work"]);
        var rows = await ByAgent("");
        var work = rows["PJSIP/751"]!;
        Assert.Equal(
            ["00:10:00", "00:01:00", "00:00:00", "00:02:00", "00:01:00", "00:06:00", "0.75"],
            new[] { "atWork", "free", "ringing", "talking", "wrappingUp", "paused", "utilisation" }.Select(f => work[f]!.ToString()));
        Assert.Equal("""[{"reason":"lunch","paused":"00:05:00"}]""", work["pauses"]!.ToJsonString());
        Assert.Equal("00:10:00", Text(rows["PJSIP/752"]!["atWork"]));
        Assert.Null(rows["PJSIP/753"]);
        // Of a campaign's agents the whole time; others are not told of.
        var ofCampaign = await ByAgent($"&campaign={campaign}");
        Assert.Equal(["PJSIP/751", "PJSIP/753"], ofCampaign.Keys.Order());
        Assert.Equal("00:10:00", Text(ofCampaign["PJSIP/751"]!["atWork"]));
        Assert.Equal(["PJSIP/752"], (await ByAgent("&agent=PJSIP/752")).Keys);

        var total = (await client.Get($"/statistics?by=agent&agent=PJSIP/752&{Until}").Json())["total"]!;
        Assert.Equal(("0", "0.75"), (total["attempts"]!.ToString(), total["work"]!["utilisation"]!.ToString()));
        var lines = (await (await client.Get($"/statistics.csv?by=agent&agent=PJSIP/752&{Until}")).Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal("key,name,attempts,answered,answerRate,abandoned,abandonRate,talks,talkSeconds,meanTalkSeconds,atWorkSeconds,freeSeconds,ringingSeconds,talkingSeconds,wrappingUpSeconds,pausedSeconds,utilisation", lines[0]);
        Assert.Equal("PJSIP/752,PJSIP/752,0,0,,0,,0,0,,600,60,0,120,60,360,0.75", lines[1]);
    }

    [Fact]
    public async Task Time_at_work_is_told_by_hour_and_day_and_not_of_a_campaign_which_has_no_agents_of_its_own()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/761");
        await Work("PJSIP/762");
        foreach (var by in new[] { "hour", "day" })
        {
            var rows = (await client.Get($"/statistics?by={by}&agent=PJSIP/762&{Until}&timeZone=UTC%2B3").Json())["rows"]!.AsArray();
            Assert.Equal([0.75], rows.Select(r => r!["work"]).Where(w => w is not null).Select(w => w!["utilisation"]!.GetValue<double>()));
            Assert.InRange(rows.Count, 8, 24);
            Assert.All((await client.Get($"/statistics?by={by}&campaign={campaign}&{Until}").Json())["rows"]!.AsArray(), r => Assert.Null(r!["work"]));
        }
        Assert.All((await client.Get($"/statistics?by=trunk&{Until}").Json())["rows"]!.AsArray(), r => Assert.Null(r!["work"]));
    }

    [Fact]
    public async Task A_supervisor_is_told_of_the_time_of_agents_whom_they_see()
    {
        var client = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(client, "mine"), await Floor.Make(client, "theirs"));
        foreach (var (floor, agent) in new[] { (mine, "PJSIP/771"), (theirs, "PJSIP/772") })
        {
            await client.Post("/agents", new { name = "Agent of " + agent, interfaces = new[] { agent }, group = floor.Group }).Expect(System.Net.HttpStatusCode.Created);
            await Work(agent);
        }
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);
        var row = Assert.Single((await supervisor.Get($"/statistics?by=agent&{Until}").Json())["rows"]!.AsArray())!;
        Assert.Equal(("PJSIP/771", "Agent of PJSIP/771", "00:10:00"), (Text(row["key"]), Text(row["name"]), Text(row["work"]!["atWork"])));
        Assert.Equal("00:10:00", Text((await supervisor.Get($"/statistics?by=hour&{Until}").Json())["total"]!["work"]!["atWork"]));
        Assert.Empty((await supervisor.Get($"/statistics?by=agent&agent=PJSIP/772&{Until}").Json())["rows"]!.AsArray());
    }

    [Fact]
    public async Task The_first_days_of_all_have_no_call()
    {
        var answer = await (await node.Administrator()).Get("/statistics?to=0001-01-02T00:00:00Z").Json();
        Assert.Empty(answer["rows"]!.AsArray());
    }

    [Fact]
    public async Task What_cannot_be_summed_up_is_refused_field_by_field()
    {
        var client = await node.Administrator();
        Assert.Equal(["by", "timeZone", "to"], await client.Get("/statistics?by=moon&timeZone=Nowhere&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z").RefusedFields());
        Assert.Contains("At most 31 days", await client.Get("/statistics?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z").Error("from"), StringComparison.Ordinal);
        await client.Get("/statistics?by=3").Error("by");
        await client.Get("/statistics?to=0001-01-01T00:00:00Z").Error("to");
        await client.Get("/statistics.csv?separator=pipe").Error("separator");
    }
}
