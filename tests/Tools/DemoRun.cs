using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Carillon.Tools.Tests;

/// <summary>A demo on data of its own, as fast as it can be.</summary>
sealed partial class DemoRun : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-demo-");

    public DemoRun(params string[] args) => Demo = Tool.Start("Demo", ["--data", _folder.FullName, "--port", "0", "--speed", "20", .. args]);

    public Tool Demo { get; }

    public Task UntilCallsRing() => Demo.UntilSaid(Ringing());

    public void SaysThatCallsEnded() => Assert.Matches(Ended(), Demo.Said.Split('\n')[^1]);

    /// <summary>What is shown while it runs, line by line.</summary>
    public void ShowsItsProgress()
    {
        Assert.Contains("sample.csv: 2,000 numbers imported", Demo.Said, StringComparison.Ordinal);
        Assert.Matches(Progress(), Demo.Said);
    }

    /// <summary>Where to look and how to sign in were told once; calls were let end, a summary is the last that was said, and the node is gone.</summary>
    public async Task EndsWell()
    {
        var code = await Demo.Ended();
        Assert.True(code == 0, $"Exit code {code}:\n{Demo.Said}");
        var url = new Uri(Assert.Single(Url().Matches(Demo.Said)).Value);
        var password = Assert.Single(Password().Matches(Demo.Said)).Groups[1].Value;
        Assert.Equal(2, Demo.Said.Split(password).Length);
        Assert.Contains("Ctrl-C", Demo.Said, StringComparison.Ordinal);
        Assert.Matches(Summary(), Demo.Said.Split('\n')[^1]);
        var log = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "node.log"));
        Assert.DoesNotContain(password, log, StringComparison.Ordinal);
        Assert.Contains("is Draining", log, StringComparison.Ordinal);

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(url.Host, url.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await Demo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Url();

    [GeneratedRegex("login admin, password ([a-z0-9]{16}) ")]
    private static partial Regex Password();

    [GeneratedRegex(@"\d+:\d\d Running: dialing \d+, ringing \d+, waiting \d+, talking \d+, free agents \d+ of 20; \d+ of 2000 numbers, \d+ calls/min(, through about \d\d:\d\d)?; ")]
    private static partial Regex Progress();

    [GeneratedRegex("Running: dialing [0-9]+, ringing [1-9]")]
    private static partial Regex Ringing();

    [GeneratedRegex(@"^Spring offer: [1-9]\d* calls ended in \d+:\d\d \(\d+ [^()]+\); ")]
    private static partial Regex Ended();

    [GeneratedRegex(@"^Spring offer: \d+ calls ended in \d+:\d\d[^;]*; [\d,]+ of \d,\d\d\d numbers are through\.")]
    private static partial Regex Summary();
}
