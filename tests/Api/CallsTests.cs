using System.Net;
using System.Text;
using Carillon.Api.Calls;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class CallsTests(TestNode node) : IClassFixture<TestNode>
{
    Task<Attempt> Ended(string campaign, Outcome outcome, string agent = "PJSIP/601", string? reason = null) => CallRecords.Ended(node, campaign, outcome, agent, reason);

    [Fact]
    public async Task Calls_are_found_by_campaign_outcome_number_and_agent_in_pages()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        var busy = await Ended(campaign, Outcome.Busy);
        await Ended(campaign, Outcome.HumanAnswered);
        await Ended(campaign, Outcome.HumanAnswered, "PJSIP/602");

        async Task<int> Count(string query) => (await client.Get($"/calls?campaign={campaign}{query}").Json())["items"]!.AsArray().Count;
        Assert.Equal(3, await Count(""));
        Assert.Equal(1, await Count("&outcome=Busy"));
        Assert.Equal(3, await Count("&outcome=Busy&outcome=HumanAnswered"));
        Assert.Equal(1, await Count($"&number={busy.Intent.Number.Digits}"));
        Assert.Equal(1, await Count("&agent=PJSIP/602"));
        Assert.Equal(3, await Count("&server=s&trunk=t"));
        Assert.Equal(0, await Count("&server=other"));
        Assert.Equal(0, await Count("&trunk=other"));
        await client.Get("/calls?order=sideways").Error("order");
        Assert.Equal(0, await Count("&to=2020-01-01T00:00:00Z"));
        var page = await client.Get($"/calls?campaign={campaign}&limit=2").Json();
        Assert.Single((await client.Get($"/calls?campaign={campaign}&limit=2&cursor={page["next"]}").Json())["items"]!.AsArray());
        Assert.Equal("Busy", (await client.Get($"/calls/{busy.Intent.Id}").Json())["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_supervisor_reads_calls_of_their_campaigns_and_an_operator_their_own()
    {
        var client = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(client, "mine"), await Floor.Make(client, "theirs"));
        var my = await Ended(await mine.Campaign(client), Outcome.HumanAnswered, "PJSIP/611");
        var their = await Ended(await theirs.Campaign(client), Outcome.HumanAnswered, "PJSIP/612");

        foreach (var reader in new[] { await node.As(Role.Supervisor, [mine.Group!]), await node.As(Role.Operator, agent: "PJSIP/611") })
        {
            var seen = (await reader.Get("/calls").Json())["items"]!.AsArray().Select(c => c!["intent"]!["id"]!.GetValue<string>());
            Assert.Equal([my.Intent.Id.Value], seen);
            await reader.Get($"/calls/{my.Intent.Id}").Expect(HttpStatusCode.OK);
            await reader.Get($"/calls/{their.Intent.Id}").Expect(HttpStatusCode.NotFound);
            var csv = await (await reader.Get("/calls.csv")).Content.ReadAsStringAsync();
            Assert.DoesNotContain(their.Intent.Number.Value, csv, StringComparison.Ordinal);
            Assert.Contains(my.Intent.Number.Value, csv, StringComparison.Ordinal);
        }
        Assert.Empty((await (await node.As(Role.Operator)).Get("/calls").Json())["items"]!.AsArray());
    }

    [Fact]
    public async Task The_export_opens_in_a_russian_spreadsheet_and_runs_no_formula()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        var call = await Ended(campaign, Outcome.Failed, reason: "=HYPERLINK(\"http://evil.example\";\"x\")");
        var bytes = await (await client.Get($"/calls.csv?campaign={campaign}&separator=semicolon")).Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("id;campaign;number;", lines[0], StringComparison.Ordinal);
        Assert.Contains($";{call.Intent.Number.Value};1;", lines[1], StringComparison.Ordinal);
        Assert.Contains(";\"'=HYPERLINK(\"\"http://evil.example\"\";\"\"x\"\")\";", lines[1], StringComparison.Ordinal);

        var plain = await (await client.Get($"/calls.csv?campaign={campaign}")).Content.ReadAsByteArrayAsync();
        Assert.Equal((byte)'i', plain[0]);
        await client.Get("/calls.csv?separator=pipe").Error("separator");
    }

    [Theory]
    [InlineData("+74959898533", "+74959898533")]
    [InlineData("-5", "-5")]
    [InlineData("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData(null, "")]
    public void A_field_of_a_csv_file_is_text_and_nothing_else(string? value, string expected) => Assert.Equal(expected, CsvText.Field(value));
}
