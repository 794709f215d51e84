using System.Diagnostics;
using Carillon.Bench.Storage;
using Carillon.Network;

namespace Carillon.Bench.Load;

/// <summary>
/// A real node as a child process dials a floor of the given rate through twenty simulated servers in this process, and is then held against the
/// network's own log, call by call.
/// </summary>
sealed class LoadBench(LoadOptions options)
{
    const int LogInSteps = 200;
    static readonly TimeSpan Arrivals = TimeSpan.FromSeconds(20);
    static readonly TimeSpan LastCalls = TimeSpan.FromMinutes(5);

    readonly Figures _figures = new(options.Json,
        ("storage", options.Storage), ("leads", options.Leads), ("rate", options.Rate), ("seconds", options.For.TotalSeconds), ("speed", options.Speed), ("campaigns", options.Campaigns));

    /// <returns>0 if every promise was kept.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (LoadOptions.Read(args) is { } options) return await new LoadBench(options).Run();
        Console.Error.WriteLine(LoadOptions.Usage);
        return 2;
    }

    async Task<int> Run()
    {
        using var folder = OwnFolder.Make("carillon-load-", options.Data);
        await using var store = options.Storage == "postgres" ? await BenchStore.PostgresAsync(options.Data) : null;
        if (options.Storage == "postgres" && store is null) return 1;
        await using var network = new TelephoneNetwork(LoadNetwork.Of(options)).Start();
        foreach (var agent in network.Agents) agent.LogOut();
        string[] storage = store is null ? [] : ["--storage", store.ConnectionString];
        await using var node = await NodeProcess.StartAsync(
            ["--data", folder, "--port", $"{options.Port}", .. storage], LoadSetup.Environment, Path.Combine(folder.Path, "node.log"), CancellationToken.None);
        using var api = new NodeApi(node.Url);
        await LoadSetup.SignIn(api);
        var kept = await Measure(network, node, api, Path.Combine(folder.Path, "node.log"));
        await node.StopAsync();
        return kept ? 0 : 1;
    }

    async Task<bool> Measure(TelephoneNetwork network, NodeProcess node, NodeApi api, string log)
    {
        var campaigns = await LoadSetup.Run(api, network, options);
        await Import(api, campaigns);
        Tell($"{network.Agents.Count} agents on {network.Servers.Count} servers; {options.WarmUp.TotalSeconds:0} s to warm up, {options.For.TotalSeconds:0} s measured.");
        foreach (var campaign in campaigns) await api.Post<Commanded>($"campaigns/{campaign}/start");
        await LogIn(network.Agents);
        await Task.Delay(options.WarmUp);
        var from = TimeProvider.System.GetUtcNow();
        var first = await Meter.Read(node, api, network);
        await Task.Delay(options.For);
        var last = await Meter.Read(node, api, network);
        var to = TimeProvider.System.GetUtcNow();
        var atOnce = network.ActiveCalls;
        Tell($"{atOnce} calls at once; waiting for the last ones to end.");
        var asked = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(campaigns.Select(c => api.Post<Commanded>($"campaigns/{c}/stop")));
        Figure("stop of all campaigns, until answered", (TimeProvider.System.GetUtcNow() - asked).TotalMilliseconds, "ms");
        var stuck = await UntilStopped(api, campaigns);
        Tell(await File.ReadAllTextAsync(log));

        var audit = new LoadAudit(network.Log.Calls, await CallRecords.Read(api));
        var agents = network.Agents.GroupBy(a => a.Config.Servers![0]).ToDictionary(g => g.Key, g => g.Count());
        Report(network, node, first, last, atOnce, audit.FreeToPlaced(agents, from, to));
        return Judge(audit, asked, stuck);
    }

    /// <summary>People do not come to work in one instant.</summary>
    static async Task LogIn(IReadOnlyList<Agent> agents)
    {
        using var timer = new PeriodicTimer(Arrivals / LogInSteps);
        foreach (var group in agents.Chunk((agents.Count + LogInSteps - 1) / LogInSteps))
        {
            await timer.WaitForNextTickAsync();
            foreach (var agent in group) agent.LogIn();
        }
    }

    async Task Import(NodeApi api, IReadOnlyList<string> campaigns)
    {
        var each = options.Leads / campaigns.Count;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < campaigns.Count; i++)
        {
            var report = await api.Import<ImportReport>(campaigns[i], NumberList.Csv(i * each, each));
            if (report.Imported != each) throw new NodeRefused($"{report.Imported} of {each} leads were imported.");
        }
        Figure("leads imported by REST", options.Leads / Stopwatch.GetElapsedTime(started).TotalSeconds, "leads/s");
    }

    /// <returns>Leads that are still dialing although no call is left.</returns>
    static async Task<long> UntilStopped(NodeApi api, IReadOnlyList<string> campaigns)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var all = await Task.WhenAll(campaigns.Select(c => api.Get<Progress>($"campaigns/{c}/progress")));
            var isOver = all.All(p => p is { Status: "Stopped" or "Finished", Calls: 0 });
            if (isOver || Stopwatch.GetElapsedTime(started) > LastCalls)
            {
                // Counts of leads may lag by two seconds.
                await Task.Delay(TimeSpan.FromSeconds(3));
                all = await Task.WhenAll(campaigns.Select(c => api.Get<Progress>($"campaigns/{c}/progress")));
                return all.Sum(p => p.Leads.GetValueOrDefault("Dialing") + p.Calls);
            }
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    void Report(TelephoneNetwork network, NodeProcess node, Reading first, Reading last, int atOnce, IReadOnlyList<double> freeToPlaced)
    {
        var (seconds, calls) = (last.Since(first).TotalSeconds, last.Placed - first.Placed);
        Figure("new calls", calls / seconds, "calls/s");
        Figure("calls at once, at the end", atOnce, "calls");
        Figure("product CPU", (last.ProductCpu - first.ProductCpu).TotalMilliseconds / calls, "ms/call");
        Figure("simulator CPU", (last.SimulatorCpu - first.SimulatorCpu).TotalMilliseconds / calls, "ms/call");
        Figure("product cores", (last.ProductCpu - first.ProductCpu).TotalSeconds / seconds, "cores");
        Figure("simulator cores", (last.SimulatorCpu - first.SimulatorCpu).TotalSeconds / seconds, "cores");
        node.Process.Refresh();
        Figure("product peak memory", node.Process.PeakWorkingSet64 / 1048576.0, "MiB");
        Figure("simulator peak memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, "MiB");
        Figure("agent free to call placed, p50", Quantile(freeToPlaced, 0.5), "ms");
        Figure("agent free to call placed, p99", Quantile(freeToPlaced, 0.99), "ms");
        var decision = last.EventToDecision.Since(first.EventToDecision);
        Figure("AMI event to decision, p50 at most", decision.UpperBound(0.5) * 1000, "ms");
        Figure("AMI event to decision, p99 at most", decision.UpperBound(0.99) * 1000, "ms");
        Figure("AMI events", decision.Count / seconds, "events/s");
        Figure("slow readers cut off", network.Servers.Sum(s => s.Counters.SlowReaders), "links");
    }

    bool Judge(LoadAudit audit, DateTimeOffset stopAsked, long stuck)
    {
        Figure("last call placed after stop was asked for", Math.Max(0, (audit.LastPlaced - stopAsked).TotalMilliseconds), "ms");
        var different = audit.Different;
        Figure($"most calls in a second on a server (limit {LoadSetup.CallsPerSecondOfServer})", audit.MostInASecond, "calls");
        var broken = new (string Name, long Count)[]
        {
            ("numbers in two calls at once", audit.NumbersInTwoCalls.Count),
            ("numbers called more often than allowed", audit.NumbersCalledTwice.Count),
            ("calls over channels", audit.ChannelsOver.Count),
            ("calls over calls per second", audit.RateOver.Count),
            ("calls without a record", audit.WithoutRecord),
            ("records without a call", audit.NeverPlaced),
            ("records that differ from the call", different.Count),
            ("leads stuck in Dialing", stuck),
            ("calls placed over a second after stop was asked for", audit.PlacedAfter(stopAsked + TimeSpan.FromSeconds(1))),
        };
        foreach (var (name, count) in broken) Figure(name, count, "");
        foreach (var example in different.Take(3).Concat(audit.RateOver.Take(3).Select(v => v.ToString()))) Tell(example);
        return broken.All(b => b.Count == 0);
    }

    static double Quantile(IReadOnlyList<double> sorted, double quantile) => sorted.Count == 0 ? double.NaN : sorted[(int)(quantile * (sorted.Count - 1))];

    void Figure(string name, double value, string unit) => _figures.Add(name, value, unit);

    static void Tell(string line)
    {
        if (line.Length > 0) Console.Error.WriteLine(line);
    }
}
