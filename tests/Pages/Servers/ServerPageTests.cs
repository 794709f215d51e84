using Carillon.Api.Pages.Servers;
using Carillon.Api.Tests;
using Carillon.Servers;
using Carillon.Storage;
using NSubstitute;

namespace Carillon.Pages.Tests.Servers;

public sealed class ServerPageTests : PageTest<ServerPage>
{
    [Fact]
    public async Task A_new_one_is_stored_and_its_page_tells_what_became_of_the_connection()
    {
        var screen = await Open("/servers/new");
        await screen.Write("name", "pbx1");
        await screen.Write("host", "192.0.2.10");
        await screen.Write("secret", "s3cret-of-ami");
        await screen.Press("Save and connect");

        var stored = Assert.Single(await Node.Service<ConfigStore<ServerConfig>>().ListAsync());
        Assert.Equal("/servers/" + stored.Id, screen.Path);
        Assert.Equal(("pbx1", "192.0.2.10", "s3cret-of-ami"), (stored.Config.Name, stored.Config.Host, stored.Config.Secret));
        await screen.Sees("Connection Online");
        await screen.Sees("It is connected and may do all that is needed.");
    }

    [Fact]
    public async Task A_clock_that_is_off_and_an_old_version_are_told_though_it_is_online()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        var says = Node.Grains.Get<IServerGrain>(server);
        var online = new ServerSnapshot { Server = new(server), State = ServerState.Online, Since = Node.Time.GetUtcNow(), Version = "22.10.0", ClockAhead = TimeSpan.FromSeconds(1.5) };
        says.GetSnapshot().Returns(online);
        var good = await Open("/servers/" + server);
        await good.Sees("It is connected and may do all that is needed.");
        Assert.Empty(good.All(".connection .trouble"));

        foreach (var (language, ahead, clock, old) in new[] { ("en", 90, "90 s ahead of the node's", "Asterisk 13.38.3 is older"), ("ru", -90, "отстают на 90 с", "Asterisk 13.38.3 старше") })
        {
            says.GetSnapshot().Returns(online with { Version = "13.38.3", ClockAhead = TimeSpan.FromSeconds(ahead) });
            Node.Time.Advance(TimeSpan.FromSeconds(2));
            var screen = await Open("/servers/" + server, language: language);
            await screen.Sees(clock);
            await screen.Sees(old);
        }
    }

    [Fact]
    public async Task What_is_wrong_with_the_connection_is_told_in_the_viewers_language()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        Node.Grains.Get<IServerGrain>(server).GetSnapshot().Returns(new ServerSnapshot { Server = new(server), State = ServerState.Offline, Since = Node.Time.GetUtcNow(), Problem = "The client is not connected yet." });
        await (await Open("/servers/" + server)).Sees("The client is not connected yet.");
        var russian = await Open("/servers/" + server, language: "ru");
        await russian.When(() => Assert.Matches("[а-я]", russian.Find(".connection .trouble").Said()));
    }

    [Fact]
    public async Task A_secret_never_comes_out_and_stays_if_nothing_is_written()
    {
        var server = await Make("servers", Floor.NewServer("pbx1"));
        var screen = await Open("/servers/" + server);
        await screen.When(() => Assert.Equal("pbx1", screen.Value("name")));
        Assert.Equal("", screen.Value("secret"));
        Assert.DoesNotContain("s3cret-of-ami", screen.Find("main").InnerHtml, StringComparison.Ordinal);

        await screen.Write("channels", "7");
        await screen.Press("Save");

        var stored = (await Node.Service<ConfigStore<ServerConfig>>().GetAsync(server))!.Config;
        Assert.Equal((7, "s3cret-of-ami"), (stored.Channels, stored.Secret));
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_in_both_languages()
    {
        foreach (var (language, save) in new[] { ("en", "Save and connect"), ("ru", "Сохранить и подключить") })
        {
            var screen = await Open("/servers/new", language: language);
            await screen.Write("port", "70000");
            await screen.Press(save);
            foreach (var field in new[] { "name", "host", "port", "secret" })
                Assert.Matches(language == "ru" ? "[а-я]" : "[a-z]", screen.Problem(field));
            Assert.Empty(screen.All(".refusal li"));
        }
    }

    [Fact]
    public async Task One_that_is_used_is_not_deleted_and_says_by_what()
    {
        var floor = await Floor.Make(Admin);
        var screen = await Open("/servers/" + floor.Server);
        await screen.When(() => Assert.Equal(floor.NameOfServer, screen.Heading));
        await screen.PressAndAnswer("Delete", $"Delete {floor.NameOfServer}? This cannot be undone.", "Delete");
        Assert.Contains($"used by trunk {floor.NameOfTrunk}, queue {floor.NameOfQueue}", screen.Find(".refusal").Said(), StringComparison.Ordinal);
    }
}
