using System.Net;
using Carillon.Servers;
using NSubstitute;

namespace Carillon.Api.Tests;

public sealed class ServerEndpointsTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task Whoever_sets_up_trunks_is_told_what_they_can_dial_through()
    {
        var administrator = await node.Administrator();
        var floor = await Floor.Make(administrator);
        node.Grains.Get<IServerGrain>(floor.Server).ListEndpoints().Returns(new ServerEndpoints { Endpoints = [new("PJSIP/carrier", "PJSIP/{number}@carrier", false)] });
        var known = (await administrator.Get($"/servers/{floor.Server}/endpoints").Json())["endpoints"]![0]!;
        Assert.Equal(("PJSIP/carrier", "PJSIP/{number}@carrier", false), (known["name"]!.GetValue<string>(), known["dialString"]!.GetValue<string>(), known["isReachable"]!.GetValue<bool>()));
        await administrator.Get("/servers/nowhere/endpoints").Expect(HttpStatusCode.NotFound);
    }
}
