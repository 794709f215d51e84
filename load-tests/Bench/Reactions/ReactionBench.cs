using Carillon.Bench.Load;
using Carillon.Network;
using Microsoft.Extensions.Logging;

namespace Carillon.Bench.Reactions;

/// <summary>
/// How soon a campaign does as its agents, trunks and servers do: a real node in this process, at work in real time over two simulated servers, on which next to nobody
/// answers, so that there is always a call to place. When a call was begun the product's own records tell, by the time of their intent; when one arrived, the network.
/// </summary>
sealed class ReactionBench(ReactionOptions options)
{
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Figures _figures = new(options.Json, ("agents", options.Agents), ("trials", options.Trials));

    public static async Task<int> RunAsync(string[] args)
    {
        if (ReactionOptions.Read(args) is { } options) return await new ReactionBench(options).Run();
        Console.Error.WriteLine(ReactionOptions.Usage);
        return 2;
    }

    async Task<int> Run()
    {
        foreach (var mode in (string[])["Progressive", "Predictive"])
        {
            await using var node = await MeasuredNode.Start("carillon-reactions-", World(), options.Data, options.Port, TimeProvider.System, LogLevel.Error);
            await Measure(node, mode);
        }
        return 0;
    }

    /// <summary>Half a second until they refuse, and one in ten answers, for two seconds.</summary>
    NetworkConfig World() => NetworkConfig.Of(servers: 2, agents: options.Agents) with
    {
        Fates = FateConfig.Blank with
        {
            Human = 0.1,
            Rejected = 0.9,
            RingingAfter = TimeSpan.Zero,
            AnswerAtLeast = TimeSpan.FromSeconds(0.3),
            AnswerGammaScale = TimeSpan.FromSeconds(0.1),
            ShortTalks = 1,
            ShortTalk = TimeSpan.FromSeconds(2),
            Patience = TimeSpan.FromMinutes(1),
        },
        Agents = [.. NetworkConfig.Of(2, options.Agents).Agents.Select(a => a with { AnswerDelay = TimeSpan.Zero, WrapUp = TimeSpan.Zero })],
    };

    async Task Measure(MeasuredNode node, string mode)
    {
        var changes = Changes(node.Network);
        var campaign = await LoadSetup.OneCampaign(node.Api, node.Network, "reactions", mode);
        // As many calls as the servers may start, all the time.
        var leads = (int)(options.Trials * changes.Count * (2 * Settled.TotalSeconds + 4) * 2 * LoadSetup.CallsPerSecondOfServer) + 2000;
        await node.Api.Import<ImportReport>(campaign, NumberList.Csv(0, leads));
        await node.Api.Post<Commanded>($"campaigns/{campaign}/start");
        var trials = new List<Trial>();
        for (var n = 0; n < options.Trials; n++)
            foreach (var change in changes) trials.Add(await Try(node.Network, change));
        await node.Api.Post<Commanded>($"campaigns/{campaign}/stop");
        var names = (await node.Api.Get<List<Named>>("servers")).ToDictionary(s => s.Id, s => s.Config.Name);
        var begun = (await CallRecords.Read(node.Api)).Select(r => new Begun(names[r.Server], r.StartedAt)).ToList();
        foreach (var change in changes)
        {
            var seen = trials.Where(t => t.Change == change).ToList();
            _figures.Add($"{change.Ends}: calls in the second before", seen.Average(t => t.BegunBefore(begun)), "calls", ("mode", mode));
            Tell(mode, $"{change.Ends}: last call", [.. seen.Select(t => t.LastBegun(begun))]);
            Tell(mode, $"{change.Begins}: first call", [.. seen.Select(t => t.First)]);
        }
    }

    static IReadOnlyList<Change> Changes(TelephoneNetwork network)
    {
        var (agents, server) = (network.Agents, network.Servers[0]);
        var trunk = server.Trunks[0].Name;
        return
        [
            new("all agents pause", () => All(agents, a => a.Pause("lunch")), "all come back", () => All(agents, a => a.Unpause()), null),
            new("all agents leave", () => All(agents, a => a.LogOut()), "all log in", () => All(agents, a => a.LogIn()), null),
            new("a trunk is unreachable", () => server.Qualify(trunk, reachable: false), "a trunk is reachable again", () => server.Qualify(trunk, reachable: true), server.Name),
            new("a server is lost", server.Kill, "a server is back", server.Start, server.Name),
            new("a server hangs", server.Freeze, "a server goes on", server.Unfreeze, server.Name),
        ];
    }

    static void All(IEnumerable<Agent> agents, Action<Agent> act)
    {
        foreach (var agent in agents) act(agent);
    }

    static async Task<Trial> Try(TelephoneNetwork network, Change change)
    {
        // Calls flow everywhere.
        foreach (var server in network.Servers) await FirstAfter(network, DateTimeOffset.UtcNow, server.Name);
        change.End();
        var ended = DateTimeOffset.UtcNow;
        await Task.Delay(Settled);
        var begins = DateTimeOffset.UtcNow;
        change.Begin();
        var first = await FirstAfter(network, begins, change.Server);
        await Task.Delay(Settled);
        return new(change, ended, begins, first - begins);
    }

    static async Task<DateTimeOffset> FirstAfter(TelephoneNetwork network, DateTimeOffset since, string? server)
    {
        for (var until = DateTimeOffset.UtcNow + Patience; DateTimeOffset.UtcNow < until; await Task.Delay(Look))
        {
            var placed = network.Log.Calls.Where(c => c.Placed > since && (server is null || c.Server == server)).Select(c => c.Placed).ToList();
            if (placed.Count > 0) return placed.Min();
        }
        throw new NodeRefused($"No call was placed{(server is null ? "" : $" on {server}")} for {Patience.TotalSeconds:0} s.");
    }

    void Tell(string mode, string what, IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Select(t => t.TotalMilliseconds).Order().ToList();
        _figures.Add(what, sorted[sorted.Count / 2], "ms median", ("mode", mode));
        _figures.Add(what, sorted[^1], "ms at most", ("mode", mode));
    }

    /// <param name="Server">Whose calls it concerns; null: all.</param>
    sealed record Change(string Ends, Action End, string Begins, Action Begin, string? Server);

    readonly record struct Begun(string Server, DateTimeOffset At);

    sealed record Trial(Change Change, DateTimeOffset Ended, DateTimeOffset Begins, TimeSpan First)
    {
        /// <summary>How long after the change the last call was begun that it should have prevented; zero: none was.</summary>
        public TimeSpan LastBegun(IEnumerable<Begun> calls) => Of(calls).Where(c => c.At > Ended && c.At < Begins).Select(c => c.At - Ended).DefaultIfEmpty().Max();

        public int BegunBefore(IEnumerable<Begun> calls) => Of(calls).Count(c => c.At <= Ended && c.At > Ended - TimeSpan.FromSeconds(1));

        IEnumerable<Begun> Of(IEnumerable<Begun> calls) => calls.Where(c => Change.Server is null || c.Server == Change.Server);
    }
}
