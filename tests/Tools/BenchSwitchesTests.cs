using System.Net;
using System.Net.Sockets;

namespace Carillon.Tools.Tests;

public sealed class BenchSwitchesTests
{
    [Theory]
    [InlineData("ami", "--port", "8080")]
    [InlineData("storage", "--port", "8080")]
    [InlineData("import", "--for", "60s")]
    [InlineData("load", "--port", "80800")]
    [InlineData("floor", "--data", "--json")]
    [InlineData("wallboard", "--pages", "0")]
    public async Task A_switch_that_a_measurement_has_no_use_for_is_named_and_the_usage_shown(string verb, string name, string value)
    {
        await using var bench = Tool.Start("Bench", verb, name, value);
        Assert.Equal(2, await bench.Ended());
        Assert.Contains($"Not understood: {name} {value}", bench.Said, StringComparison.Ordinal);
        Assert.Contains($"bench {verb} [", bench.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_whose_port_is_taken_says_so_in_one_line_and_leaves_nothing_in_its_data_folder()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        var folder = Directory.CreateTempSubdirectory("carillon-bench-switches-");
        try
        {
            await using var bench = Tool.Start("Bench", "load", "--port", port, "--data", folder.FullName);
            Assert.Equal(1, await bench.Ended());
            Assert.Matches($"^carillon: .*{port}.*--port", bench.Said);
            Assert.Single(bench.Said.Split('\n'));
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var bench = Tool.Start("Bench", "load", "--data", file);
            Assert.Equal(1, await bench.Ended());
            Assert.Matches($"^carillon: .*{file}.*--data", bench.Said);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
