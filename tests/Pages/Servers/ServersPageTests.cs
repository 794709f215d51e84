using Carillon.Api.Pages.Servers;
using Carillon.Api.Tests;
using Carillon.Pacing;
using Carillon.Servers;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Servers;

public sealed class ServersPageTests : PageTest<ServersPage>
{
    async Task<Floor> Troubled()
    {
        var floor = await Floor.Make(Admin);
        Node.Grains.Get<IServerGrain>(floor.Server).GetSnapshot().Returns(new ServerSnapshot
        {
            Server = new(floor.Server),
            State = ServerState.Offline,
            Since = Node.Time.GetUtcNow(),
            Problem = "The manager user or its secret is wrong.",
            Trunks = [new() { Trunk = new(floor.Trunk), State = TrunkState.Resting, Calls = 0, Usable = 0, Failures = 0.8, Problem = "Calls over this trunk fail more often than they should." }],
        });
        return floor;
    }

    [Fact]
    public async Task A_server_and_its_trunks_say_how_they_are_and_what_is_wrong()
    {
        var floor = await Troubled();
        var (english, russian) = (await Open("/servers"), await Open("/servers", language: "ru"));

        await english.Sees($"{floor.NameOfServer} Offline");
        await english.Sees("The manager user or its secret is wrong.");
        await english.Sees($"{floor.NameOfTrunk} Resting 0 of 0 80%");
        await english.Sees("Calls over this trunk fail more often than they should.");
        await russian.Sees("Недоступен");
        await russian.Sees("Отдыхает 0 из 0 80 %");
    }

    [Fact]
    public async Task A_supervisor_sees_them_and_is_offered_no_change()
    {
        var floor = await Troubled();
        var screen = await Open("/servers", Role.Supervisor);
        await screen.Sees(floor.NameOfServer);
        Assert.False(screen.Offers(floor.NameOfServer));
        Assert.False(screen.Offers("Connect a server"));
        Assert.False(screen.Offers("New trunk"));
    }

    [Fact]
    public async Task Without_any_it_says_who_connects_the_first_one()
    {
        await (await Open("/servers")).Sees("No server is connected yet. Connect the first one: its address, and a manager user of it.");
        await (await Open("/servers", Role.Supervisor)).Sees("No server is connected yet. An administrator connects them.");
    }
}
