using System.Net;

namespace Carillon.Api.Tests;

public sealed class HealthTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task A_node_that_works_is_live_and_ready()
    {
        await node.Nobody().GetAsync("/health/live").Expect(HttpStatusCode.OK);
        await node.Nobody().GetAsync("/health/ready").Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/metrics")]
    public async Task What_is_for_this_machine_is_not_told_to_callers_behind_a_proxy(string path)
    {
        var client = node.Nobody();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await client.GetAsync(path).Expect(HttpStatusCode.Forbidden);
    }
}
