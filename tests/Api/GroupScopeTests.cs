using System.Net;
using Carillon.Queues;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class GroupScopeTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task A_supervisor_sees_and_changes_only_what_belongs_to_their_groups()
    {
        var administrator = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(administrator, "mine"), await Floor.Make(administrator, "theirs"));
        var (my, their) = (await mine.Campaign(administrator), await theirs.Campaign(administrator));
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);

        var seen = (await supervisor.Get("/campaigns").Json()).AsArray().Select(c => c!.Id());
        Assert.Equal([my], seen);
        await supervisor.Get($"/campaigns/{my}").Expect(HttpStatusCode.OK);
        foreach (var path in new[] { $"/campaigns/{their}", $"/campaigns/{their}/progress", $"/campaigns/{their}/leads", $"/queues/{theirs.Queue}", $"/schedules/{theirs.Schedule}", $"/queues/{theirs.Queue}/snapshot" })
            await supervisor.Get(path).Expect(HttpStatusCode.NotFound);
        await supervisor.Post($"/campaigns/{their}/start").Expect(HttpStatusCode.NotFound);
        await supervisor.Delete($"/campaigns/{their}").Expect(HttpStatusCode.NotFound);
        await supervisor.Put($"/campaigns/{their}", theirs.NewCampaign("stolen"), "*").Expect(HttpStatusCode.NotFound);
        await supervisor.Post($"/campaigns/{my}/start").Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_supervisor_cannot_put_anything_into_another_group_nor_use_what_is_not_theirs()
    {
        var administrator = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(administrator, "mine"), await Floor.Make(administrator, "theirs"));
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);
        await supervisor.Post("/campaigns", mine.NewCampaign("ours")).Expect(HttpStatusCode.Created);
        await supervisor.Post("/campaigns", new { name = "no group", schedule = mine.Schedule, queue = mine.Queue, trunks = new[] { mine.Trunk } }).Error("group");
        await supervisor.Post("/campaigns", new { name = "borrowed", schedule = theirs.Schedule, queue = mine.Queue, trunks = new[] { mine.Trunk }, group = mine.Group }).Error("schedule");
        await supervisor.Post("/campaigns", theirs.NewCampaign("given away")).Error("group");
    }

    [Fact]
    public async Task A_supervisor_makes_operators_of_their_groups_and_nobody_else()
    {
        var administrator = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(administrator, "mine"), await Floor.Make(administrator, "theirs"));
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);
        object User(string login, string role, string? group) => new { config = new { login, role, groups = group is null ? [] : new[] { group } } };
        var made = await supervisor.Post("/users", User("olga", "Operator", mine.Group)).Json(HttpStatusCode.Created);
        await supervisor.Post("/users", User("olga2", "Supervisor", mine.Group)).Error("config.role");
        await supervisor.Post("/users", User("olga3", "Operator", theirs.Group)).Error("config.groups[0]");
        await supervisor.Post("/users", User("olga4", "Operator", null)).Error("config.groups");
        await supervisor.Put($"/users/{made.Id()}", new { login = "olga", role = "Administrator", groups = new[] { mine.Group } }, "*").Error("role");

        var other = await administrator.Post("/users", User("igor", "Operator", theirs.Group)).Json(HttpStatusCode.Created);
        await supervisor.Get($"/users/{other.Id()}").Expect(HttpStatusCode.NotFound);
        await supervisor.Put($"/users/{other.Id()}/password", new { password = "stolen password" }).Expect(HttpStatusCode.NotFound);
        var boss = await administrator.Post("/users", User("boss", "Supervisor", mine.Group)).Json(HttpStatusCode.Created);
        await supervisor.Put($"/users/{boss.Id()}/password", new { password = "stolen password" }).Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_supervisor_cannot_open_the_calls_of_an_agent_whom_they_do_not_see()
    {
        var administrator = await node.Administrator();
        var (mine, theirs) = (await Floor.Make(administrator, "mine"), await Floor.Make(administrator, "theirs"));
        await administrator.Post("/agents", new { name = "Ours", interfaces = new[] { "PJSIP/511" }, group = mine.Group }).Expect(HttpStatusCode.Created);
        await administrator.Post("/agents", new { name = "Theirs", interfaces = new[] { "PJSIP/512" }, group = theirs.Group }).Expect(HttpStatusCode.Created);
        var supervisor = await node.As(Role.Supervisor, [mine.Group!]);
        object User(string login, string agent) => new { config = new { login, role = "Operator", groups = new[] { mine.Group }, agent } };
        await supervisor.Post("/users", User("spy", "PJSIP/512")).Error("config.agent");
        await supervisor.Post("/users", User("ours", "PJSIP/511")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_change_of_role_holds_from_the_next_request_on()
    {
        var administrator = await node.Administrator();
        var user = await administrator.Post("/users", new { config = new { login = "shrinking", role = "Administrator" } }).Json(HttpStatusCode.Created);
        var key = await administrator.Post("/keys", new { name = "k", user = user.Id() }).Json(HttpStatusCode.Created);
        var client = node.WithKey(key["key"]!.GetValue<string>());
        await client.Get("/audit").Expect(HttpStatusCode.OK);
        await administrator.Put($"/users/{user.Id()}", new { login = "shrinking", role = "Operator" }, "*").Expect(HttpStatusCode.OK);
        await client.Get("/audit").Expect(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_operator_sees_only_the_agent_that_they_are()
    {
        var administrator = await node.Administrator();
        var floor = await Floor.Make(administrator);
        await administrator.Get($"/queues/{floor.Queue}/snapshot").Expect(HttpStatusCode.OK);
        node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue, "PJSIP/501", "PJSIP/502"));
        var operatorClient = await node.As(Role.Operator, agent: "PJSIP/501");
        var seen = (await operatorClient.Get("/agents/snapshots").Json()).AsArray().Select(a => a!["agent"]!.GetValue<string>());
        Assert.Equal(["PJSIP/501"], seen);
        await operatorClient.Get("/agents/PJSIP%2F501/snapshot").Expect(HttpStatusCode.OK);
        await operatorClient.Get("/agents/PJSIP%2F502/snapshot").Expect(HttpStatusCode.NotFound);
        await administrator.Get("/agents/PJSIP%2F502/snapshot").Expect(HttpStatusCode.OK);
        await operatorClient.Post("/agents/PJSIP%2F501/pause", new { }).Expect(HttpStatusCode.Forbidden);
    }
}
