using System.Net;
using Carillon.Campaigns;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class IdempotencyTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_and_is_not_done_twice()
    {
        var client = await node.Administrator();
        using var first = await client.Post("/groups", new { name = "Once" }, "k1");
        using var again = await client.Post("/groups", new { name = "Once" }, "k1");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal("application/json", again.Content.Headers.ContentType!.MediaType);
        Assert.Single((await client.Get("/groups").Json()).AsArray(), g => g!["config"]!["name"]!.GetValue<string>() == "Once");
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var client = await node.Administrator();
        await client.Post("/groups", new { name = "First" }, "k2").Expect(HttpStatusCode.Created);
        await client.Post("/groups", new { name = "Second" }, "k2").Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Keys_of_different_users_do_not_meet()
    {
        await (await node.Administrator()).Post("/groups", new { name = "Hers" }, "k3").Expect(HttpStatusCode.Created);
        await (await node.Administrator()).Post("/groups", new { name = "His" }, "k3").Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refused_request_may_be_corrected_under_its_key()
    {
        var client = await node.Administrator();
        await client.Post("/groups", new { name = "" }, "k4").Expect(HttpStatusCode.BadRequest);
        await client.Post("/groups", new { name = "Corrected" }, "k4").Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_duplicate_that_comes_while_the_first_is_being_done_is_told_to_wait()
    {
        var client = await node.Administrator();
        var campaign = await (await Floor.Make(client)).Campaign(client);
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource<CampaignCommandResult>());
        node.Grains.Get<ICampaignGrain>(campaign).Start().Returns(_ =>
        {
            entered.TrySetResult();
            return leave.Task;
        });
        var first = client.Post($"/campaigns/{campaign}/start", new { }, "k5");
        await entered.Task;
        using var duplicate = await client.Post($"/campaigns/{campaign}/start", new { }, "k5");
        Assert.Equal(HttpStatusCode.Conflict, duplicate.StatusCode);
        Assert.NotNull(duplicate.Headers.RetryAfter);
        leave.SetResult(new(CampaignStatus.Running));
        await first.Expect(HttpStatusCode.OK);
        await client.Post($"/campaigns/{campaign}/start", new { }, "k5").Expect(HttpStatusCode.OK);
        await node.Grains.Get<ICampaignGrain>(campaign).Received(1).Start();
    }
}
