using System.Net;
using Carillon.Users;

namespace Carillon.Api.Tests.Security;

public sealed class GroupAccessTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task A_supervisor_of_another_group_finds_nothing_of_a_group_by_any_operation()
    {
        var world = await GroupWorld.Make(node);
        foreach (var operation in (await Operation.All(node)).Where(o => o.Path.Contains("{id}", StringComparison.Ordinal) && o.Least <= Role.Supervisor))
        {
            if (GroupWorld.IsForAllSupervisors(operation)) continue;
            foreach (var stranger in new[] { await node.As(Role.Supervisor, ["elsewhere"], agent: "PJSIP/1"), await node.As(Role.Operator, ["elsewhere"], agent: "PJSIP/1") })
            {
                using var answer = await stranger.SendAsync(world.Request(operation), HttpCompletionOption.ResponseHeadersRead);
                var expected = answer.StatusCode == HttpStatusCode.Forbidden && operation.Least > Role.Operator ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
                Assert.Equal(($"{operation}", expected), ($"{operation}", answer.StatusCode));
            }
        }
    }
}
