using System.Net;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Subscribers;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class LeadsTests(TestNode node) : IClassFixture<TestNode>
{
    async Task<(HttpClient Client, string Campaign)> Campaign()
    {
        var client = await node.Administrator();
        return (client, await (await Floor.Make(client)).Campaign(client));
    }

    [Fact]
    public async Task A_number_is_added_once_in_its_international_form_and_the_campaign_is_told()
    {
        var (client, campaign) = await Campaign();
        var lead = await client.Post($"/campaigns/{campaign}/leads", new { number = "8 (495) 989-85-33", data = new { name = "Иван" } }).Json(HttpStatusCode.Created);
        Assert.Equal("+74959898533", lead["number"]!.GetValue<string>());
        Assert.Equal("New", lead["status"]!.GetValue<string>());
        Assert.Equal("Иван", lead["data"]!["name"]!.GetValue<string>());
        await node.Grains.Get<ICampaignGrain>(campaign).Received().LeadsChanged();

        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74959898533" }).Error("number", HttpStatusCode.Conflict);
        await client.Post($"/campaigns/{campaign}/leads", new { number = "84959898" }).Error("number");
    }

    [Fact]
    public async Task A_list_of_leads_is_read_in_pages_and_by_filter()
    {
        var (client, campaign) = await Campaign();
        for (var i = 0; i < 5; i++) await client.Post($"/campaigns/{campaign}/leads", new { number = $"+7495000000{i}" }).Expect(HttpStatusCode.Created);
        var first = await client.Get($"/campaigns/{campaign}/leads?limit=3").Json();
        var second = await client.Get($"/campaigns/{campaign}/leads?limit=3&cursor={first["next"]}").Json();
        Assert.Equal(3, first["items"]!.AsArray().Count);
        Assert.Equal(["+74950000003", "+74950000004"], second["items"]!.AsArray().Select(l => l!["number"]!.GetValue<string>()));
        Assert.Null(second["next"]);
        Assert.Single((await client.Get($"/campaigns/{campaign}/leads?number=+74950000002").Json())["items"]!.AsArray());
        // By how numbers begin they come by number, in pages too.
        var begin = await client.Get($"/campaigns/{campaign}/leads?number=+7495&limit=4").Json();
        var end = await client.Get($"/campaigns/{campaign}/leads?number=+7495&limit=4&cursor={begin["next"]}").Json();
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"+7495000000{i}"), begin["items"]!.AsArray().Concat(end["items"]!.AsArray()).Select(l => l!["number"]!.GetValue<string>()));
        Assert.Null(end["next"]);
        await client.Get($"/campaigns/{campaign}/leads?number=+7495&cursor=+7495").Error("cursor");
        Assert.Empty((await client.Get($"/campaigns/{campaign}/leads?status=Answered").Json())["items"]!.AsArray());
        await client.Get($"/campaigns/{campaign}/leads?status=Nice").Error("status");
    }

    [Fact]
    public async Task Excluded_leads_are_dialed_no_more()
    {
        var (client, campaign) = await Campaign();
        var one = await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000010" }).Json(HttpStatusCode.Created);
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000011" }).Expect(HttpStatusCode.Created);
        var done = await client.Post($"/campaigns/{campaign}/leads/exclude", new { reason = "asked us", ids = new[] { one["id"]!.GetValue<long>() }, numbers = new[] { "84950000011" } }).Json();
        Assert.Equal(2, done["count"]!.GetValue<int>());
        var left = await client.Get($"/campaigns/{campaign}/leads?status=Excluded").Json();
        Assert.All(left["items"]!.AsArray(), l => Assert.Equal("asked us", l!["excludedBecause"]!.GetValue<string>()));
        Assert.Equal(2, left["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_lead_can_be_called_back_but_not_one_that_was_excluded()
    {
        var (client, campaign) = await Campaign();
        var lead = (await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000030" }).Json(HttpStatusCode.Created))["id"]!.GetValue<long>();
        var callback = await client.Post($"/campaigns/{campaign}/leads/{lead}/callback", new { at = node.Time.GetUtcNow().AddDays(1) }).Json();
        Assert.Equal("Callback", callback["status"]!.GetValue<string>());
        Assert.True(callback["nextAt"]!.GetValue<DateTimeOffset>() > node.Time.GetUtcNow().AddHours(23));

        await client.Post($"/campaigns/{campaign}/leads/{lead}/callback", new { at = node.Time.GetUtcNow().AddYears(2) }).Error("at");
        await client.Post($"/campaigns/{campaign}/leads/999999/callback", new { }).Expect(HttpStatusCode.NotFound);
        await client.Post($"/campaigns/{campaign}/leads/exclude", new { reason = "asked us", ids = new[] { lead }, numbers = Array.Empty<string>() }).Json();
        await client.Post($"/campaigns/{campaign}/leads/{lead}/callback", new { }).Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_lead_says_why_it_was_not_dialed_and_a_lead_that_is_not_there_does_not()
    {
        var (client, campaign) = await Campaign();
        var why = new LeadWhy { Why = "It is night there.", Number = new("+74950000051"), Reasons = [new(WhyNotReason.OutsideOwnHours, "It is night there.", DateTimeOffset.UnixEpoch)], Zones = ["Europe/Moscow"] };
        node.Grains.Factory.GetGrain<ICampaignGrain>(campaign).WhyNot(51).Returns(why);

        var told = await client.Get($"/campaigns/{campaign}/leads/51/why").Json();
        var reason = told["reasons"]![0]!;
        Assert.Equal(("OutsideOwnHours", "It is night there.", DateTimeOffset.UnixEpoch), (reason["reason"]!.GetValue<string>(), told["why"]!.GetValue<string>(), reason["until"]!.GetValue<DateTimeOffset>()));
        await client.Get($"/campaigns/{campaign}/leads/52/why").Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_do_not_call_number_is_excluded_everywhere_and_its_subscriber_is_told()
    {
        var (client, campaign) = await Campaign();
        await client.Post($"/campaigns/{campaign}/leads", new { number = "+74950000020" }).Expect(HttpStatusCode.Created);
        var added = await client.Post("/do-not-call", new { numbers = new[] { "84950000020" }, reason = "by law" }).Json();
        Assert.Equal(1, added["added"]!.GetValue<int>());
        Assert.Equal(1, (await client.Post("/do-not-call", new { numbers = new[] { "84950000020" } }).Json())["alreadyListed"]!.GetValue<int>());
        await node.Grains.Get<ISubscriberGrain>("+74950000020").Received().Refresh();
        var lead = await node.Service<LeadStore>().FindAsync(new(campaign), new PhoneNumber("+74950000020"));
        Assert.Equal(LeadStatus.Excluded, lead!.Status);

        Assert.Contains("+74950000020", (await client.Get("/do-not-call").Json())["items"]!.AsArray().Select(e => e!["number"]!.GetValue<string>()));
        await client.Delete("/do-not-call/74950000020").Expect(HttpStatusCode.NoContent);
        await client.Delete("/do-not-call/74950000020").Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_campaigns_own_list_does_not_touch_the_others()
    {
        var (client, campaign) = await Campaign();
        await client.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "84950000030", "nonsense" } }).Error("numbers[1]");
        await client.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { "84950000030" } }).Expect(HttpStatusCode.OK);
        Assert.Single((await client.Get($"/campaigns/{campaign}/do-not-call").Json())["items"]!.AsArray());
        var facts = await node.Service<SubscriberStore>().FactsAsync(new PhoneNumber("+74950000030"));
        Assert.Equal([new CampaignId(campaign)], facts.DoNotCall.Select(d => d.Campaign!.Value));
    }
}
