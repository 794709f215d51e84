using System.Net;
using System.Text.Json.Nodes;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Subscribers;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class DispositionsTests(TestNode node) : IClassFixture<TestNode>
{
    async Task<(HttpClient Client, string Campaign, string Call)> Call(string agent = "PJSIP/601")
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        return (client, campaign, (await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, agent)).Intent.Id.Value);
    }

    static async Task<string> Make(HttpClient client, object disposition) => (await client.Post("/dispositions", disposition).Json(HttpStatusCode.Created)).Id();

    static string Name() => "d" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task An_operator_says_what_came_of_their_own_call_and_of_no_other()
    {
        var (admin, campaign, call) = await Call();
        var sale = await Make(admin, new { name = Name(), action = "Completed" });
        var (anna, boris) = (await node.As(Role.Operator, agent: "PJSIP/601"), await node.As(Role.Operator, agent: "PJSIP/602"));

        var answer = await anna.Put($"/calls/{call}/disposition", new { disposition = sale, note = "two of them" }).Json();
        await boris.Put($"/calls/{call}/disposition", new { disposition = sale }).Expect(HttpStatusCode.NotFound);

        Assert.Equal("Applied", answer["outcome"]!.GetValue<string>());
        Assert.Equal("two of them", answer["call"]!["disposition"]!["note"]!.GetValue<string>());
        Assert.Equal("Completed", (await admin.Get($"/campaigns/{campaign}/leads").Json())["items"]![0]!["status"]!.GetValue<string>());
        Assert.Equal("SaidBefore", (await anna.Put($"/calls/{call}/disposition", new { disposition = sale, note = "two of them" }).Json())["outcome"]!.GetValue<string>());
        var audit = (await admin.Get($"/audit?kind=call&target={call}&limit=1000").Json())["items"]!.AsArray().Where(e => e!["action"]!.GetValue<string>() == "set-disposition" && e["target"]!.GetValue<string>() == call);
        Assert.Single(audit);
    }

    [Fact]
    public async Task A_group_that_has_a_disposition_stays_and_says_which()
    {
        var (admin, name) = (await node.Administrator(), Name());
        var group = (await admin.Post("/groups", new { name = Name() }).Json(HttpStatusCode.Created)).Id();
        var disposition = await Make(admin, new { name, action = "Completed", group });

        var refused = await admin.Delete("/groups/" + group).Json(HttpStatusCode.Conflict);
        Assert.Contains("disposition " + name, refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await admin.Delete("/dispositions/" + disposition).Expect(HttpStatusCode.NoContent);
        await admin.Delete("/groups/" + group).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_time_to_call_again_is_taken_where_the_disposition_leaves_it_to_the_agent()
    {
        var (client, campaign, call) = await Call();
        var fixedTime = await Make(client, new { name = Name(), action = "CallAgain", retry = new { attempts = 2, interval = "04:00:00" } });
        var chosen = await Make(client, new { name = Name(), action = "CallAgain", agentChoosesTime = true, sameAgent = true });
        var at = node.Time.GetUtcNow().AddDays(2);

        await client.Put($"/calls/{call}/disposition", new { disposition = fixedTime, callAt = at }).Error("callAt");
        await client.Put($"/calls/{call}/disposition", new { disposition = chosen, callAt = node.Time.GetUtcNow().AddMinutes(-1) }).Error("callAt");
        await client.Put($"/calls/{call}/disposition", new { disposition = chosen, callAt = at }).Expect(HttpStatusCode.OK);

        var lead = (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]![0]!;
        Assert.Equal(("Callback", "PJSIP/601", at), (lead["status"]!.GetValue<string>(), lead["agent"]!.GetValue<string>(), lead["nextAt"]!.GetValue<DateTimeOffset>()));
    }

    [Fact]
    public async Task A_wish_not_to_be_called_goes_on_the_list_at_once()
    {
        var (client, campaign, call) = await Call();
        var never = await Make(client, new { name = Name(), action = "DoNotCall", everywhere = true });

        var number = (await client.Put($"/calls/{call}/disposition", new { disposition = never }).Json())["call"]!["intent"]!["number"]!.GetValue<string>();

        Assert.Equal("Excluded", (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]![0]!["status"]!.GetValue<string>());
        Assert.Contains(await node.Service<DoNotCallStore>().ListAsync(null, limit: 1000), e => e.Number.Value == number);
        await node.Grains.Get<ISubscriberGrain>(number).Received().Refresh();
    }

    [Fact]
    public async Task What_can_be_said_of_a_call_is_what_its_campaigns_group_has_and_what_all_have()
    {
        var admin = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(admin, "mine"), await Floor.Make(admin, "theirs"));
        var call = (await CallRecords.Ended(node, await mine.Campaign(admin), Outcome.HumanAnswered, "PJSIP/603")).Intent.Id.Value;
        var (ours, all, foreign) = (Name(), Name(), Name());
        await Make(admin, new { name = ours, action = "Completed", group = mine.Group });
        await Make(admin, new { name = all, action = "Completed" });
        var other = await Make(admin, new { name = foreign, action = "Completed", group = theirs.Group });
        var anna = await node.As(Role.Operator, agent: "PJSIP/603");

        var choices = (await anna.Get($"/calls/{call}/dispositions").Json()).AsArray().Select(d => d!["config"]!["name"]!.GetValue<string>()).ToList();

        Assert.Contains(ours, choices);
        Assert.Contains(all, choices);
        Assert.DoesNotContain(foreign, choices);
        await anna.Put($"/calls/{call}/disposition", new { disposition = other }).Error("disposition");
    }

    [Fact]
    public async Task The_export_says_what_was_said()
    {
        var (client, campaign, call) = await Call();
        var name = Name();
        await client.Put($"/calls/{call}/disposition", new { disposition = await Make(client, new { name, action = "Completed" }), note = "=1+1" }).Expect(HttpStatusCode.OK);

        var csv = await (await client.Get($"/calls.csv?campaign={campaign}")).Content.ReadAsStringAsync();

        Assert.Contains($",{name},", csv, StringComparison.Ordinal);
        Assert.Contains(",'=1+1", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_its_action_is_named()
    {
        var client = await node.Administrator();

        var problem = await client.Post("/dispositions", new { name = Name(), action = "Completed", retry = new { attempts = 0, interval = "01:00:00" }, agentChoosesTime = true, everywhere = true })
            .Json(HttpStatusCode.BadRequest);

        Assert.Equal(["agentChoosesTime", "everywhere", "retry", "retry.attempts"], problem["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_leads_place_is_set_and_an_imports_too()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        await client.PostText($"/campaigns/{campaign}/leads/import?listName=warm&priority=4&callOrderColumn=2&agentColumn=3", "84959898533;7;PJSIP/601\n88003337533;soon;\n", "text/csv").Expect(HttpStatusCode.OK);
        var leads = (await client.Get($"/campaigns/{campaign}/leads").Json())["items"]!.AsArray();

        Assert.Equal(("warm", 4, 7, "PJSIP/601"), Place(leads[0]!));
        Assert.Equal(("warm", 4, null, null), Place(leads[1]!));
        Assert.Equal("soon", leads[1]!["data"]!["column2"]!.GetValue<string>());
        var moved = await client.Put($"/campaigns/{campaign}/leads/{leads[0]!["id"]}/place", new { priority = 9, chance = 0.25 }).Json();
        Assert.Equal(("", 9, null, null), Place(moved));
        await client.Put($"/campaigns/{campaign}/leads/{leads[0]!["id"]}/place", new { priority = 10, chance = 1.5 }).Error("chance");
        await client.PostText($"/campaigns/{campaign}/leads/import?priority=10", "84959898533\n", "text/csv").Error("priority");
        await node.Grains.Get<ICampaignGrain>(campaign).Received().LeadsChanged();

        static (string, int, int?, string?) Place(JsonNode lead) =>
            (lead["list"]!.GetValue<string>(), lead["priority"]!.GetValue<int>(), lead["callOrder"]?.GetValue<int>(), lead["agent"]?.GetValue<string>());
    }
}
