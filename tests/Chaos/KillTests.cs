using System.Runtime.Versioning;
using Xunit.Abstractions;

// Processes are killed by signals.
[assembly: UnsupportedOSPlatform("windows")]

namespace Carillon.Chaos.Tests;

/// <summary>The real node is killed at moments that know nothing of what it does, and every promise is held against the network's log. Longer runs: ./carillon bench chaos.</summary>
public class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_node_that_is_killed_again_and_again_breaks_no_promise()
    {
        var verdict = await new ChaosRun(new() { Seed = 7, Kills = 5, Speed = 8 }, output.WriteLine).Run();

        if (!verdict.Kept) output.WriteLine(verdict.Log);
        Assert.All(verdict.Promises, promise => Assert.True(promise.Broken.Count == 0, $"{promise.Name}: {string.Join("\n", promise.Broken.Take(5))}"));
        Assert.Equal(5, verdict.Comebacks.Count);
        Assert.True(verdict.Survived > 0, "No call was under way when the node was killed: nothing was tried.");
    }
}
