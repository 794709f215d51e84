using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Carillon.Agents;
using Carillon.Campaigns;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class EventsTests : TestNode
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Reads a stream; time goes on whenever nothing comes.</summary>
    async Task<List<SseItem<string>>> Listen(HttpClient client, Func<List<SseItem<string>>, bool> enough, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var seen = new List<SseItem<string>>();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await using var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
        while (!enough(seen))
        {
            var next = events.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                await Task.WhenAny(next, Time.WhenWaiting(1));
                if (!next.IsCompleted) Time.Advance(Interval);
                await Task.Yield();
            }
            Assert.True(await next);
            seen.Add(events.Current);
        }
        return seen;
    }

    void Show(Floor floor, QueueSnapshot queue) => Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(queue);

    static string? Id(SseItem<string> item, string field) => JsonNode.Parse(item.Data)![field]?.GetValue<string>();

    [Fact]
    public async Task A_client_gets_the_state_of_everything_then_each_change_and_resumes_where_it_was()
    {
        var client = await Administrator();
        var floor = await Floor.Make(client);
        var campaign = await floor.Campaign(client);
        var first = await Listen(client, seen => seen.Exists(e => e.EventType == "campaign") && seen.Exists(e => e.EventType == "server"));
        Assert.Equal("hello", first[0].EventType);
        Assert.Equal(campaign, Id(first.Single(e => e.EventType == "campaign"), "campaign"));

        Grains.Get<ICampaignGrain>(campaign).GetProgress().Returns(new CampaignProgress { Campaign = new(campaign), Status = CampaignStatus.Paused, At = Time.GetUtcNow() });
        var last = first.Last(e => e.EventId is not null).EventId;
        var second = await Listen(client, seen => seen.Exists(e => e.EventType == "campaign"), last);
        Assert.Equal("Paused", Id(second.Single(e => e.EventType == "campaign"), "status"));
        Assert.DoesNotContain(second, e => e.EventType == "server");
    }

    [Fact]
    public async Task A_server_that_is_lost_and_an_agent_who_begins_to_talk_are_told_and_nothing_else_is_told_again()
    {
        var client = await Administrator();
        var floor = await Floor.Make(client);
        Show(floor, FakeGrains.Queue(floor.Queue, "ann", "bob"));
        var first = await Listen(client, seen => seen.Exists(e => e.EventType == "server") && seen.Count(e => e.EventType == "agent") == 2);
        Assert.Equal("Online", Id(first.Single(e => e.EventType == "server"), "state"));
        Assert.Equal(["ann Idle", "bob Idle"], first.Where(e => e.EventType == "agent").Select(e => $"{Id(e, "agent")} {Id(e, "state")}").Order());

        var lost = new ServerSnapshot { Server = new(floor.Server), State = ServerState.Offline, Since = Time.GetUtcNow(), Problem = "The link broke." };
        Grains.Get<IServerGrain>(floor.Server).GetSnapshot().Returns(lost);
        var queue = FakeGrains.Queue(floor.Queue, "ann", "bob");
        Show(floor, queue with { Agents = queue.Agents.SetItem(0, queue.Agents[0] with { State = AgentState.Talking }) });
        var second = await Listen(client, seen => seen.Exists(e => e.EventType == "server") && seen.Exists(e => e.EventType == "agent"), first.Last(e => e.EventId is not null).EventId);
        Assert.Equal(("Offline", "The link broke."), (Id(second.Single(e => e.EventType == "server"), "state"), Id(second.Single(e => e.EventType == "server"), "problem")));
        var told = Assert.Single(second, e => e.EventType == "agent");
        Assert.Equal(("ann", "Talking"), (Id(told, "agent"), Id(told, "state")));

        Show(floor, FakeGrains.Queue(floor.Queue, "bob"));
        var third = await Listen(client, seen => seen.Exists(e => e.EventType == "agent.removed"), second.Last(e => e.EventId is not null).EventId);
        Assert.Equal("ann", Id(third.Single(e => e.EventType == "agent.removed"), "id"));
    }

    [Fact]
    public async Task A_supervisor_gets_events_of_their_groups_only()
    {
        var administrator = await Administrator();
        var (mine, theirs) = (await Floor.Make(administrator, "mine"), await Floor.Make(administrator, "theirs"));
        var (my, _) = (await mine.Campaign(administrator), await theirs.Campaign(administrator));
        var supervisor = await As(Role.Supervisor, [mine.Group!]);
        // Heartbeats come after all that there was to tell.
        var seen = await Listen(supervisor, seen => seen.Exists(e => e.EventType == "campaign") && seen.Exists(e => e.EventType == "heartbeat"));
        Assert.All(seen.Where(e => e.EventType == "campaign"), e => Assert.Equal(my, Id(e, "campaign")));
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_lives() =>
        Assert.Contains(await Listen(await Administrator(), seen => seen.Exists(e => e.EventType == "heartbeat")), e => e.EventType == "heartbeat");
}
