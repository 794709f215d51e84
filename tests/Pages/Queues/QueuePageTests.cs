using Bunit;
using Carillon.Api.Pages.Queues;
using Carillon.Api.Tests;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Queues;

public sealed class QueuePageTests : PageTest<QueuePage>
{
    [Fact]
    public async Task A_new_one_is_on_all_servers_unless_some_are_taken_off()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        await Make("servers", Floor.NewServer("pbx2"));
        var screen = await Open("/queues/new");
        await screen.When(() => Assert.Equal(2, screen.All("main input[type=checkbox][checked]").Count));
        await screen.Write("name", "sales");
        await screen.Write("wrapUp", "15");
        await screen.All("main input[type=checkbox]")[1].ChangeAsync(false);
        await screen.Press("Save");

        var stored = Assert.Single(await Node.Service<ConfigStore<QueueConfig>>().ListAsync()).Config;
        Assert.Equal(("sales", TimeSpan.FromSeconds(15), server), (stored.Name, stored.WrapUp, Assert.Single(stored.Servers).Value));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save, expected) in new[] { ("en", "Save", "A queue needs at least one server."), ("ru", "Сохранить", "сервер") })
        {
            var screen = await Open("/queues/new", language: language);
            await screen.Write("name", "all of sales");
            await screen.Write("channel", "400");
            await screen.Press(save);
            Assert.NotEmpty(screen.Problem("asteriskName"));
            Assert.Contains("Local/400@from-internal/n", screen.Problem("channel"), StringComparison.Ordinal);
            await screen.Sees(expected);
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task A_time_beyond_all_bounds_is_told_beside_its_field_and_the_form_stays()
    {
        await Make("servers", Floor.NewServer("pbx1"));
        var screen = await Open("/queues/new");
        await screen.Write("name", "sales");
        await screen.Write("wrapUp", "9999999999999");
        await screen.Write("maxWait", "-1");
        await screen.Press("Save");
        Assert.Equal("The value must be from 0 s to 3,600 s; it is 60,000,000 s.", screen.Problem("wrapUp"));
        Assert.Equal("The value must be from 0 s to 3,600 s; it is -1 s.", screen.Problem("maxWait"));
        Assert.Equal("sales", screen.Value("name"));
    }

    [Fact]
    public async Task Queues_of_the_servers_are_proposed_also_if_nobody_has_looked_at_the_floor_before()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        Node.Grains.Get<IServerGrain>(server).GetSnapshot().Returns(new ServerSnapshot { Server = new(server), State = ServerState.Online, Since = Node.Time.GetUtcNow(), Queues = ["sales"] });
        var screen = await Open("/queues/new");
        await screen.Sees("The servers have: sales");
        Assert.Equal("sales", screen.Value("name"));
        Assert.Equal("sales", screen.Find("#known-queues option").GetAttribute("value"));
    }

    [Fact]
    public async Task One_that_is_used_is_not_deleted_and_says_by_what()
    {
        var floor = await Floor.Make(Admin);
        await Make("campaigns", floor.NewCampaign("Spring"));
        var screen = await Open("/queues/" + floor.Queue);
        await screen.When(() => Assert.Equal(floor.NameOfQueue, screen.Heading));
        await screen.PressAndAnswer("Delete", $"Delete {floor.NameOfQueue}? This cannot be undone.", "Delete");
        Assert.Contains("used by campaign Spring", screen.Find(".refusal").Said(), StringComparison.Ordinal);
        Assert.Equal("/queues/" + floor.Queue, screen.Path);
    }

    [Fact]
    public async Task One_of_other_groups_is_not_found()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open("/queues/" + theirs.Queue, Role.Supervisor, [mine.Group!]);
        await screen.When(() => Assert.NotEmpty(screen.All(".refusal")));
        Assert.DoesNotContain(theirs.NameOfQueue, screen.Text, StringComparison.Ordinal);
    }
}
