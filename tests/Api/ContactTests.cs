using System.Net;
using System.Text.Json.Nodes;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Storage;
using Carillon.Subscribers;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class ContactTests(TestNode node) : IClassFixture<TestNode>
{
    async Task<(HttpClient Client, Floor Floor, string Campaign)> Campaign()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client, "contact " + SortableId.New(node.Time.GetUtcNow()));
        return (client, floor, await floor.Campaign(client));
    }

    [Fact]
    public async Task The_included_laws_are_told_with_their_sources()
    {
        var laws = (await (await node.Administrator()).Get("/contact-rules/laws").Json()).AsArray();

        var russian = laws.Single(l => l!["id"]!.GetValue<string>() == "RU-230-FZ")!;
        Assert.Contains("230-FZ", russian["source"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"calls":2,"per":"Week","counts":"EveryCall","rolling":false}""", russian["rule"]!["caps"]![1]!.ToJsonString());
    }

    [Fact]
    public async Task A_rule_for_all_campaigns_is_kept_as_sent_and_every_campaign_is_told()
    {
        var (client, _, campaign) = await Campaign();
        Assert.Contains("RU-230-FZ", await client.Post("/contact-rules", new { name = "bad", laws = new[] { "RU-231" } }).Error("laws[0]"), StringComparison.Ordinal);
        Assert.Contains("nothing", await client.Post("/contact-rules", new { name = "bad" }).Error("rule"), StringComparison.Ordinal);
        node.Grains.Factory.GetGrain<ICampaignGrain>(campaign).ClearReceivedCalls();

        var rule = new { name = "ours", laws = new[] { "RU-230-FZ" }, rule = new { minGap = "04:00:00", quiet = new[] { new { from = "12:00", to = "13:00" } } } };
        var id = (await client.Post("/contact-rules", rule).Json(HttpStatusCode.Created)).Id();

        var read = (await client.Get($"/contact-rules/{id}").Json())["config"]!;
        Assert.Equal("04:00:00", read["rule"]!["minGap"]!.GetValue<string>());
        await node.Grains.Get<ICampaignGrain>(campaign).Received().ConfigChanged();
        await client.Delete($"/contact-rules/{id}").Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_a_campaigns_rules_had_put_off_is_due_again_when_they_change()
    {
        var (client, _, campaign) = await Campaign();
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000041" }).Expect(HttpStatusCode.Created);
        var leads = node.Service<LeadStore>();
        var lead = (await leads.FindAsync(new(campaign), new("+74950000041")))!;
        await leads.PostponeAsync(new(campaign), [lead.Id], node.Time.GetUtcNow().AddDays(1), PutOff.OwnHours);
        Assert.Equal("OwnHours", (await client.Get($"/campaigns/{campaign}/leads/{lead.Id}").Json())["putOff"]!.GetValue<string>());

        var config = (JsonObject)(await client.Get($"/campaigns/{campaign}").Json())["config"]!;
        Assert.Null(config["contact"]);
        config["contact"] = JsonNode.Parse("""{"laws":["RU-230-FZ"],"fallbackZone":"Europe/Mosow"}""");
        Assert.Contains("Europe/Moscow", await client.Put($"/campaigns/{campaign}", config, "*").Error("contact.fallbackZone"), StringComparison.Ordinal);
        config["contact"] = JsonNode.Parse("""{"laws":["RU-230-FZ"],"fallbackZone":"Europe/Moscow","rule":{"caps":[{"calls":3,"per":"Day"}]}}""");
        await client.Put($"/campaigns/{campaign}", config, "*").Expect(HttpStatusCode.OK);

        Assert.Null((await client.Get($"/campaigns/{campaign}/leads/{lead.Id}").Json())["putOff"]);
        Assert.Equal(node.Time.GetUtcNow(), (await leads.GetAsync(lead.Id))!.NextAt);
    }

    [Fact]
    public async Task An_entry_that_ends_leaves_the_leads_as_they_are()
    {
        var (client, _, campaign) = await Campaign();
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000042" }).Expect(HttpStatusCode.Created);
        Assert.Contains("past", await client.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "84950000042" }, expiresAt = "2020-01-01T00:00:00Z" }).Error("expiresAt"), StringComparison.Ordinal);
        var end = node.Time.GetUtcNow().AddDays(7);
        await client.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "84950000042" }, reason = "on holiday", expiresAt = end }).Expect(HttpStatusCode.OK);

        Assert.Equal(LeadStatus.New, (await node.Service<LeadStore>().FindAsync(new(campaign), new("+74950000042")))!.Status);
        var entry = (await client.Get($"/campaigns/{campaign}/do-not-call").Json())["items"]![0]!;
        Assert.Equal(("on holiday", end), (entry["reason"]!.GetValue<string>(), entry["expiresAt"]!.GetValue<DateTimeOffset>()));
        await node.Grains.Get<ISubscriberGrain>("+74950000042").Received().Refresh();
    }

    [Fact]
    public async Task A_file_of_numbers_is_imported_and_what_is_wrong_in_it_is_told_by_line()
    {
        var (client, _, campaign) = await Campaign();
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950001234" }).Expect(HttpStatusCode.Created);
        var lines = Enumerable.Range(0, 2500).Select(i => $"8495{i:0000000};name {i}");
        var text = "phone;name\n" + string.Join('\n', lines) + "\nnonsense;x\n84950000000;again\n";

        var report = await client.PostText($"/campaigns/{campaign}/do-not-call/import?reason=by+law", text, "text/csv").Json();
        Assert.Equal([2500, 1, 1], new[] { "added", "alreadyListed", "invalid" }.Select(f => report[f]!.GetValue<int>()));
        Assert.Equal(2502, report["invalidLines"]![0]!["line"]!.GetValue<int>());
        Assert.Equal(LeadStatus.Excluded, (await node.Service<LeadStore>().FindAsync(new(campaign), new("+74950001234")))!.Status);

        var again = await client.PostText($"/campaigns/{campaign}/do-not-call/import", text, "text/csv").Json();
        Assert.Equal([0, 2501], new[] { "added", "alreadyListed" }.Select(f => again[f]!.GetValue<int>()));
        Assert.Contains("XX", await client.PostText("/do-not-call/import?country=XX", "1", "text/csv").Error("country"), StringComparison.Ordinal);
        await client.PostText("/do-not-call/import", "{}").Expect(HttpStatusCode.UnsupportedMediaType);
    }
}
