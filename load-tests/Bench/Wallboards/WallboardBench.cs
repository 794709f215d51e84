using System.Diagnostics;
using System.Net;
using Carillon.Bench.Load;
using Carillon.Network;

namespace Carillon.Bench.Wallboards;

/// <summary>
/// A real node as a child process, at work on twenty simulated servers; then with wallboards open on it. What a page costs its node is the difference, and a
/// page is live if it soon says what happened.
/// </summary>
sealed class WallboardBench(WallboardOptions options)
{
    const int LeadsOfCampaign = 2000;

    /// <summary>A page that has said nothing for so long is broken.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Figures _figures = new(options.Json, ("pages", options.Pages), ("agents", options.Agents), ("campaigns", options.Campaigns), ("seconds", options.For.TotalSeconds));

    public static async Task<int> RunAsync(string[] args)
    {
        if (WallboardOptions.Read(args) is { } options)
        {
            await new WallboardBench(options).Run();
            return 0;
        }
        Console.Error.WriteLine(WallboardOptions.Usage);
        return 2;
    }

    async Task Run()
    {
        using var folder = OwnFolder.Make("carillon-wallboard-", options.Data);
        var load = LoadOptions.Read(["--campaigns", $"{options.Campaigns}", "--speed", "1"])!;
        await using var network = new TelephoneNetwork(World(load)).Start();
        await using var node = await NodeProcess.StartAsync(["--data", folder, "--port", $"{options.Port}"], LoadSetup.Environment, Path.Combine(folder.Path, "node.log"), CancellationToken.None);
        using var api = new NodeApi(node.Url);
        await LoadSetup.SignIn(api);
        var campaigns = await LoadSetup.Run(api, network, load);
        for (var i = 0; i < campaigns.Count; i++) await api.Import<ImportReport>(campaigns[i], NumberList.Csv(i * LeadsOfCampaign, LeadsOfCampaign));
        foreach (var campaign in campaigns) await api.Post<Commanded>($"campaigns/{campaign}/start");

        await Task.Delay(options.WarmUp);
        var without = await Cores(node);
        _figures.Add("node without a page", without * 1000, "ms/s");
        _figures.Add("calls at once", network.ActiveCalls, "calls");
        _figures.Add("node without a page, peak memory", node.PeakMemory / 1048576.0, "MiB");

        var session = await OpenPage.SignIn(node.Url, "admin", LoadSetup.Password);
        var opened = new List<double>();
        await using (var pages = await Open(node, session, opened))
        {
            Spread("page opened", opened);
            await Task.Delay(options.WarmUp);
            var (drawings, bytes) = (pages.Sum(p => p.Drawings), pages.Sum(p => p.Bytes));
            var with = await Cores(node);
            var pageSeconds = options.Pages * options.For.TotalSeconds;
            _figures.Add("node with all pages", with * 1000, "ms/s");
            _figures.Add("drawings of each page", (pages.Sum(p => p.Drawings) - drawings) / pageSeconds, "1/s");
            _figures.Add("sent to each page", (pages.Sum(p => p.Bytes) - bytes) / pageSeconds / 1024, "KiB/s");
            _figures.Add("node with all pages, peak memory", node.PeakMemory / 1048576.0, "MiB");
            await pages.DisposeAsync();
            await Task.Delay(options.WarmUp);
            // What the node does for its calls differs from minute to minute: the pages are held against the minutes before and after.
            var again = await Cores(node);
            _figures.Add("node without a page again", again * 1000, "ms/s");
            _figures.Add("CPU of each page", (with - (without + again) / 2) * 1000 / options.Pages, "ms/s");
        }
        await using (var pages = await Open(node, session, [])) Spread("event to page", await Lags(api, campaigns, pages));
        await node.StopAsync();
    }

    async Task<OpenPages> Open(NodeProcess node, CookieContainer session, List<double> took)
    {
        var pages = new OpenPages();
        while (pages.Count < options.Pages)
        {
            var began = Stopwatch.GetTimestamp();
            pages.Add(await OpenPage.Open(node.Url, "/", session));
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return pages;
    }

    /// <summary>As the load bench has it; each agent works for the next campaign.</summary>
    NetworkConfig World(LoadOptions load)
    {
        var world = LoadNetwork.Of(load, options.Agents);
        return world with { Agents = [.. world.Agents.Select((a, i) => a with { Queues = [LoadNetwork.Queue(i % options.Campaigns + 1)] })] };
    }

    async Task<double> Cores(NodeProcess node)
    {
        node.Process.Refresh();
        var (began, cpu) = (Stopwatch.GetTimestamp(), node.Process.TotalProcessorTime);
        await Task.Delay(options.For);
        node.Process.Refresh();
        return (node.Process.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(began);
    }

    /// <summary>From the command that pauses a campaign, as it is sent, to each page that says so.</summary>
    async Task<IReadOnlyList<double>> Lags(NodeApi api, IReadOnlyList<string> campaigns, OpenPages pages)
    {
        var lags = new List<double>();
        foreach (var campaign in campaigns.Take(options.Trials))
        {
            // At whatever moment between two looks.
            await Task.Delay(TimeSpan.FromMilliseconds(2000 + Random.Shared.Next(1000)));
            var seen = pages.Select(p => p.Says("Paused")).ToList();
            var asked = Stopwatch.GetTimestamp();
            await api.Post<Commanded>($"campaigns/{campaign}/pause");
            lags.AddRange((await Task.WhenAll(seen).WaitAsync(Patience)).Select(at => Stopwatch.GetElapsedTime(asked, at).TotalMilliseconds));
        }
        return lags;
    }

    void Spread(string name, IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        foreach (var quantile in new[] { 0.5, 0.99 }) _figures.Add($"{name}, p{quantile * 100:0}", sorted[(int)(quantile * (sorted.Length - 1))], "ms");
        _figures.Add($"{name}, longest", sorted[^1], "ms");
    }
}
