using System.Net;
using System.Net.Http.Json;
using Carillon.Campaigns;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class IdempotencyTests(TestNode node) : IClassFixture<TestNode>
{
    static Task<HttpResponseMessage> Post(HttpClient client, string path, object body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_and_is_not_done_twice()
    {
        var client = await node.Administrator();
        using var first = await Post(client, "/groups", new { name = "Once" }, "k1");
        using var again = await Post(client, "/groups", new { name = "Once" }, "k1");
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
        await Post(client, "/groups", new { name = "First" }, "k2").Expect(HttpStatusCode.Created);
        await Post(client, "/groups", new { name = "Second" }, "k2").Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Keys_of_different_users_do_not_meet()
    {
        await Post(await node.Administrator(), "/groups", new { name = "Hers" }, "k3").Expect(HttpStatusCode.Created);
        await Post(await node.Administrator(), "/groups", new { name = "His" }, "k3").Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refused_request_may_be_corrected_under_its_key()
    {
        var client = await node.Administrator();
        await Post(client, "/groups", new { name = "" }, "k4").Expect(HttpStatusCode.BadRequest);
        await Post(client, "/groups", new { name = "Corrected" }, "k4").Expect(HttpStatusCode.Created);
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
        var first = Post(client, $"/campaigns/{campaign}/start", new { }, "k5");
        await entered.Task;
        using var duplicate = await Post(client, $"/campaigns/{campaign}/start", new { }, "k5");
        Assert.Equal(HttpStatusCode.Conflict, duplicate.StatusCode);
        Assert.NotNull(duplicate.Headers.RetryAfter);
        leave.SetResult(new(CampaignStatus.Running));
        await first.Expect(HttpStatusCode.OK);
        await Post(client, $"/campaigns/{campaign}/start", new { }, "k5").Expect(HttpStatusCode.OK);
        await node.Grains.Get<ICampaignGrain>(campaign).Received(1).Start();
    }
}
