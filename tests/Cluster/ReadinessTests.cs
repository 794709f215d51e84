using System.Net;
using Carillon.Network;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>What a balancer is told.</summary>
[Collection(PostgresCollection.Name)]
public class ReadinessTests(Postgres postgres)
{
    [Fact]
    public async Task A_node_that_holds_no_grains_is_ready_while_one_that_does_answers_and_says_else_what_is_missing()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 1, agents: 1));
        var silo = await center.Add(InnerNode.Start(center));
        var visitor = await center.Add(InnerNode.Start(center, "--roles", "api"));
        using var balancer = new HttpClient { BaseAddress = visitor.Url };
        await Until(balancer, HttpStatusCode.OK);

        await silo.Leave();
        Assert.Contains("No node of the cluster", await Until(balancer, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);

        await center.Add(InnerNode.Start(center));
        await Until(balancer, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_node_that_does_not_reach_the_database_is_not_ready_until_it_does()
    {
        await using var center = await Center.Open(postgres, NetworkConfig.Of(servers: 1, agents: 1));
        var (link, storage) = center.NewWayToStorage();
        var silo = await center.Add(InnerNode.Start(center, "--storage", storage));
        using var balancer = new HttpClient { BaseAddress = silo.Url };
        await Until(balancer, HttpStatusCode.OK);

        link.Cut();
        Assert.Contains("cannot be reached", await Until(balancer, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);

        link.Mend();
        await Until(balancer, HttpStatusCode.OK);
    }

    static async Task<string> Until(HttpClient balancer, HttpStatusCode status) => (await Wait.Until(async () =>
    {
        using var answer = await balancer.GetAsync("/health/ready");
        return (answer.StatusCode, Text: await answer.Content.ReadAsStringAsync());
    }, answer => answer.StatusCode == status)).Text;
}
