namespace Carillon.Tools.Tests;

public sealed class NodeForATimeTests
{
    [Fact]
    public async Task After_its_time_a_node_says_what_it_did_and_ends_with_0()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-for-");
        try
        {
            await using var node = Tool.Start("Silo", "--data", folder.FullName, "--port", "0", "--for", "1s");
            Assert.Equal(0, await node.Ended());
            Assert.Contains("Carillon listens on http://127.0.0.1:", node.Said, StringComparison.Ordinal);
            Assert.Matches("Ran for [1-9][0-9]* s as asked, with 0 campaigns: 0 calls placed; none ended.", node.Said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
