using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Carillon.Calls;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class FunnelTests(TestNode node) : IClassFixture<TestNode>
{
    /// <summary>The node's clock stands still, and calls begin before the end.</summary>
    string Until => "to=" + Uri.EscapeDataString(node.Time.GetUtcNow().AddHours(1).ToString("O"));

    async Task<(HttpClient Client, string Campaign)> Called()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/701", list: "warm");
        await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, "PJSIP/702", list: "=cold");
        await CallRecords.Ended(node, campaign, Outcome.Machine, "PJSIP/702", list: "warm");
        await CallRecords.Ended(node, campaign, Outcome.Abandoned, "PJSIP/702");
        return (client, campaign);
    }

    static string Steps(JsonNode row) =>
        string.Join(' ', new[] { "key", "attempts", "rang", "pickedUp", "answered", "talks", "abandoned" }.Select(f => row[f]?.ToString() ?? "-"));

    [Fact]
    public async Task Calls_of_a_campaign_are_told_step_by_step_by_attempt_list_and_hour_in_its_own_zone()
    {
        var (client, campaign) = await Called();
        async Task<JsonNode> Told(string by) => await client.Get($"/campaigns/{campaign}/funnel?{Until}{by}").Json();

        var byAttempt = await Told("");
        Assert.Equal(["1 4 4 4 3 4 0"], byAttempt["rows"]!.AsArray().Select(r => Steps(r!)));
        Assert.Equal("- 4 4 4 3 4 0", Steps(byAttempt["total"]!));
        Assert.Equal("""{"HumanAnswered":2,"Machine":1,"Abandoned":1}""", byAttempt["total"]!["outcomes"]!.ToJsonString());

        Assert.Equal(["warm 2 2 2 1 2 0", "- 1 1 1 1 1 0", "=cold 1 1 1 1 1 0"], (await Told("&by=list"))["rows"]!.AsArray().Select(r => Steps(r!)));

        var byHour = await Told("&by=hour");
        Assert.Equal("Europe/Moscow", byHour["timeZone"]!.GetValue<string>());
        var rows = byHour["rows"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 24).Select(h => h.ToString("00", CultureInfo.InvariantCulture)), rows.Select(r => r!["key"]!.GetValue<string>()));
        var hour = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(node.Time.GetUtcNow(), "Europe/Moscow").ToString("HH", CultureInfo.InvariantCulture);
        Assert.Equal($"{hour} 4 4 4 3 4 0", Steps(Assert.Single(rows, r => r!["attempts"]!.GetValue<int>() > 0)!));
        Assert.Equal("{}", rows.First(r => r!["attempts"]!.GetValue<int>() == 0)!["outcomes"]!.ToJsonString());
    }

    [Fact]
    public async Task Before_its_first_call_a_campaign_has_no_row()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        foreach (var by in new[] { "attempt", "hour", "list" })
        {
            var told = await client.Get($"/campaigns/{campaign}/funnel?by={by}").Json();
            Assert.Empty(told["rows"]!.AsArray());
            Assert.Equal("- 0 0 0 0 0 0", Steps(told["total"]!));
        }
    }

    [Fact]
    public async Task The_file_has_what_the_answer_has()
    {
        var (client, campaign) = await Called();
        var lines = (await (await client.Get($"/campaigns/{campaign}/funnel.csv?by=list&{Until}&separator=semicolon")).Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(
            [
                "key;attempts;rang;pickedUp;answered;talks;abandoned;outcomeHumanAnswered;outcomeMachine;outcomeBusy;outcomeNoAnswer;outcomeRejected;outcomeInvalidNumber;outcomeCongestion;outcomeAbandoned;outcomeFailed;outcomeUnknown",
                "warm;2;2;2;1;2;0;1;1;0;0;0;0;0;0;0;0", ";1;1;1;1;1;0;0;0;0;0;0;0;0;1;0;0", "'=cold;1;1;1;1;1;0;1;0;0;0;0;0;0;0;0;0", "",
            ], lines);

        using var workbook = new ZipArchive(await (await client.Get($"/campaigns/{campaign}/funnel.xlsx?by=list&{Until}")).Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(workbook.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains(">=cold<", await sheet.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_sees_it_of_their_campaigns_only_and_an_operator_of_none()
    {
        var client = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(client, "mine"), await Floor.Make(client, "theirs"));
        var (my, their) = (await mine.Campaign(client), await theirs.Campaign(client));
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);
        foreach (var form in new[] { "", ".csv", ".xlsx" })
        {
            Assert.Equal(HttpStatusCode.OK, (await supervisor.Get($"/campaigns/{my}/funnel{form}")).StatusCode);
            await supervisor.Get($"/campaigns/{their}/funnel{form}").Expect(HttpStatusCode.NotFound);
            await client.Get($"/campaigns/none/funnel{form}").Expect(HttpStatusCode.NotFound);
            await (await node.As(Role.Operator, [mine.Group!], agent: "PJSIP/711")).Get($"/campaigns/{my}/funnel{form}").Expect(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task What_cannot_be_summed_up_is_refused_field_by_field()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        Assert.Equal(["by", "to"], await client.Get($"/campaigns/{campaign}/funnel?by=agent&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z").RefusedFields());
        Assert.Contains("At most 31 days", await client.Get($"/campaigns/{campaign}/funnel?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z").Error("from"), StringComparison.Ordinal);
        await client.Get($"/campaigns/{campaign}/funnel?by=1").Error("by");
        await client.Get($"/campaigns/{campaign}/funnel.csv?separator=pipe").Error("separator");
    }
}
