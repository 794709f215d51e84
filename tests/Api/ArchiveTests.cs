using System.Net;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Tests;

public sealed class ArchiveTests(TestNode node) : IClassFixture<TestNode>
{
    static async Task<IEnumerable<string>> Listed(HttpClient client, string query = "") => (await client.Get("/campaigns" + query).Json()).AsArray().Select(c => c!.Id());

    [Fact]
    public async Task A_campaign_in_the_archive_is_listed_only_there_and_its_records_stay()
    {
        var administrator = await node.Administrator();
        var floor = await Floor.Make(administrator, "archivists");
        var client = await node.As(Role.Supervisor, [floor.Group!]);
        var (old, current) = (await floor.Campaign(client), await floor.Campaign(client));
        var call = await CallRecords.Ended(node, old, Outcome.HumanAnswered, "PJSIP/741");

        Assert.True((await client.Post($"/campaigns/{old}/archive").Json())["config"]!["archived"]!.GetValue<bool>());
        await client.Post($"/campaigns/{old}/archive").Expect(HttpStatusCode.OK);
        Assert.Equal([current], await Listed(client));
        Assert.Equal([old], await Listed(client, "?archived=true"));
        await client.Get($"/campaigns/{old}").Expect(HttpStatusCode.OK);
        await client.Get($"/calls/{call.Intent.Id}").Expect(HttpStatusCode.OK);
        Assert.Single((await client.Get($"/campaigns/{old}/leads").Json())["items"]!.AsArray());

        await client.Post($"/campaigns/{old}/unarchive").Expect(HttpStatusCode.OK);
        Assert.Equal(new[] { old, current }.Order(), (await Listed(client)).Order());
        Assert.Empty(await Listed(client, "?archived=true"));
    }

    [Fact]
    public async Task A_campaign_at_work_cannot_be_put_into_the_archive()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        var statuses = node.Service<CampaignStatusStore>();
        foreach (var status in new[] { CampaignStatus.Running, CampaignStatus.Paused, CampaignStatus.Draining })
        {
            await statuses.SetAsync(new(campaign), status);
            var problem = await client.Post($"/campaigns/{campaign}/archive").Json(HttpStatusCode.Conflict);
            Assert.Contains("stop it", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
        await statuses.SetAsync(new(campaign), CampaignStatus.Finished);
        await client.Post($"/campaigns/{campaign}/archive").Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_edit_puts_nothing_into_the_archive_and_takes_nothing_out()
    {
        var client = await node.Administrator();
        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        object Config(bool archived) => new { name = "edited " + campaign, schedule = floor.Schedule, queue = floor.Queue, trunks = new[] { floor.Trunk }, archived };
        await client.Put($"/campaigns/{campaign}", Config(true), "*").Error("archived");
        await client.Post($"/campaigns/{campaign}/archive").Expect(HttpStatusCode.OK);
        await client.Put($"/campaigns/{campaign}", Config(false), "*").Error("archived");
        await client.Put($"/campaigns/{campaign}", Config(true), "*").Expect(HttpStatusCode.OK);
    }
}
