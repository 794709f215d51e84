using System.Globalization;
using System.Net;
using Carillon.Chaos.Links;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>Where nodes are reached by each other.</summary>
[Collection(PostgresCollection.Name)]
public class AddressTests(Postgres postgres)
{
    [Fact]
    public async Task A_node_that_listens_elsewhere_than_it_is_reached_works_with_the_others()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 2, agents: 4));
        // As a container's ports are mapped.
        var listens = (Silo: Loopback.FreePort(), Gateway: Loopback.FreePort());
        using var silo = new Link(new IPEndPoint(IPAddress.Loopback, listens.Silo));
        using var gateway = new Link(new IPEndPoint(IPAddress.Loopback, listens.Gateway));
        var mapped = await center.Add(InnerNode.Start(center, "--Cluster:SiloPort", Text(silo.Port), "--Cluster:BindSiloPort", Text(listens.Silo),
            "--Cluster:GatewayPort", Text(gateway.Port), "--Cluster:BindGatewayPort", Text(listens.Gateway), "--Cluster:Bind", "127.0.0.1"));
        // It holds no grains, and so goes through the gateway.
        var visitor = await center.Add(InnerNode.Start(center, "--roles", "api"));
        foreach (var server in center.Servers) await visitor.UntilOnline(server);
        Assert.Equal([$"127.0.0.1:{silo.Port}"], (await center.Owners()).Values.Distinct());

        var other = await center.Add(InnerNode.Start(center));

        await GrainNode.Until(center.Owners, o => o.Values.Distinct().Count() == 2);
        foreach (var server in center.Servers) await other.UntilOnline(server);
        foreach (var server in center.Servers) await mapped.UntilOnline(server);
    }

    static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
