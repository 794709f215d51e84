using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Carillon.Calls;
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
