using Carillon.Lab;

namespace Carillon.Asterisk.Tests;

[Collection(LabCollection.Name)]
public sealed class AsteriskLabTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task Every_server_is_of_the_version_that_was_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable("AST") is { Length: > 0 } version ? version : "22";
        foreach (var name in new[] { "carrier", "pbx1", "pbx2" })
            Assert.StartsWith($"Asterisk {asked}.", await lab.Cli(name, "core show version"), StringComparison.Ordinal);
    }

    [AsteriskFact]
    public async Task Each_pbx_has_agents_of_its_own_in_the_queue_floor_and_the_same_ones_in_sales()
    {
        Assert.Equal(["PJSIP/9101", "PJSIP/9102", "PJSIP/9103", "PJSIP/9104", "PJSIP/9105", "PJSIP/9106"], await Members("pbx1", "floor"));
        Assert.Equal(["PJSIP/9107", "PJSIP/9108", "PJSIP/9109", "PJSIP/9110", "PJSIP/9111", "PJSIP/9112"], await Members("pbx2", "floor"));
        Assert.Equal(await Members("pbx1", "sales"), await Members("pbx2", "sales"));
    }

    async Task<string[]> Members(string name, string queue) =>
        [.. (await lab.Cli(name, $"queue show {queue}")).Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("PJSIP/", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal)];
}
