using System.Diagnostics;
using Carillon.Chaos.Audit;
using Carillon.Chaos.Faults;

namespace Carillon.Chaos;

/// <summary>What a run found.</summary>
sealed record Verdict(Account Account, IReadOnlyList<Promise> Promises, IReadOnlyList<Comeback> Comebacks, IReadOnlyList<TimeSpan> Takeovers, int UnaskedEnds, string Log)
{
    public bool Kept => Promises.All(p => p.Broken.Count == 0);

    /// <summary>Calls that were placed before the node was lost, ended after it was back, and were recorded as what they were.</summary>
    public int Survived => Account.Both.Count(p => p.Record.Outcome != "Unknown" && Account.Outages.OfNode.Any(o => p.Call.Placed < o.From && p.Call.Ended > o.To));
}

/// <param name="After">From the healing of its faults to the next new call; for the loss of a node of several, from the loss. Null: none came in time.</param>
sealed record Comeback(Step Step, TimeSpan? After);

/// <summary>Campaigns on a floor while one fault after another strikes; then the audit.</summary>
sealed class ChaosRun(ChaosOptions options, Action<string> tell)
{
    static readonly TimeSpan ComebackLimit = TimeSpan.FromSeconds(60);
    static readonly TimeSpan LastCalls = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Before the first fault.</summary>
    const int CallsToWarmUp = 20;

    readonly List<Comeback> _comebacks = [];

    public async Task<Verdict> Run()
    {
        await using var rig = await Rig.StartAsync(options);
        var plan = Plan(rig);
        var leads = Leads(plan);
        var ids = await Start(rig, leads);
        await Until(() => rig.Network.Log.Placed >= CallsToWarmUp, LastCalls);
        foreach (var (step, i) in plan.Select((s, i) => (s, i)))
        {
            tell($"{i + 1} of {plan.Count}: {step}");
            await Suffer(rig, step);
        }
        tell("Waiting for the last calls to end.");
        using var api = rig.Api();
        await Drain(api, ids);
        var account = new Account(rig.Network.Log.Calls, await CallRecords.Read(api), await AuditedLead.ReadAll(api, ids.Campaigns), rig.Outages, ids.Servers, options);
        var promises = Promises.Check(account, leads).Append(new("faults after which no call came", [.. _comebacks.Where(c => c.After is null).Select(c => c.Step.ToString())]))
            .Append(new("nodes that ended by themselves and had no other one to take their place", [.. Enumerable.Repeat("see the log", options.Nodes == 1 ? rig.UnaskedEnds : 0)])).Append(new("nodes that were asked to leave and did not end in good order", rig.BadLeaves)).Concat(Bars.Check(options, _comebacks, rig.Takeovers));
        return new(account, [.. promises], _comebacks, rig.Takeovers, rig.UnaskedEnds, await rig.Said());
    }

    static async Task<Setup.Ids> Start(Rig rig, int leads)
    {
        using var api = rig.Api();
        var ids = await Setup.Run(api, rig.Network, rig.Links, leads);
        foreach (var campaign in ids.Campaigns.Values) await api.Post<Commanded>($"campaigns/{campaign}/start");
        return ids;
    }

    IReadOnlyList<Step> Plan(Rig rig)
    {
        if (options.Kills is { } kills) return FaultPlan.Kills(options.Seed, kills, options.Nodes);
        if (options.Upgrades is { } upgrades) return FaultPlan.Upgrades(options.Seed, upgrades, options.Nodes);
        var possible = rig.Possible.ToList();
        var kinds = options.Faults.Count == 0 ? possible : [.. options.Faults.Intersect(possible)];
        foreach (var left in (options.Faults.Count == 0 ? Enum.GetValues<FaultKind>() : options.Faults).Except(possible)) tell($"Left out: {left}, which takes {What(left)}.");
        return FaultPlan.Draw(options.Seed, kinds, options.Nodes, Floor.Servers, options.For);
    }

    static string What(FaultKind missing) => missing == FaultKind.FillDisk ? "SQLite and the right to mount" : new Fault(missing, 0, default, false, default).IsOfPeers ? "several silos, on Linux" : "--storage postgres";

    /// <summary>More than can be dialed, so that the lists never end.</summary>
    static int Leads(IReadOnlyList<Step> plan) => 1000 + (int)(plan.Sum(s => s.Pause.TotalSeconds + s.Faults.Max(f => f.Length.TotalSeconds) + 10) * Floor.CallsPerSecondOfCampaign);

    async Task Suffer(Rig rig, Step step)
    {
        await Task.Delay(step.Pause);
        var struck = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(step.Faults.Select(f => rig.Suffer(f, alone: step.Faults.Length == 1)));
        await rig.KeepUp();
        // Others than the one that was lost place calls as soon as they can.
        var since = options.Nodes > 1 && step.Faults.Any(f => f.IsOfNode) ? struck : TimeProvider.System.GetUtcNow();
        await Until(() => Placed(rig, since) is not null, ComebackLimit);
        _comebacks.Add(new(step, Placed(rig, since) - since));
    }

    /// <summary>The first new call; of a cluster, on the server that is the last to have one.</summary>
    DateTimeOffset? Placed(Rig rig, DateTimeOffset since)
    {
        var calls = rig.Network.Log.Calls.Where(c => c.Placed > since).ToList();
        if (options.Silos == 1) return calls.Select(c => (DateTimeOffset?)c.Placed).Min();
        var servers = calls.GroupBy(c => c.Server).Select(g => g.Min(c => c.Placed)).ToList();
        return servers.Count == Floor.Servers ? servers.Max() : null;
    }

    static async Task Drain(NodeApi api, Setup.Ids ids)
    {
        foreach (var campaign in ids.Campaigns.Values) await api.Post<Commanded>($"campaigns/{campaign}/drain");
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LastCalls)
        {
            var all = await Task.WhenAll(ids.Campaigns.Values.Select(c => api.Get<Progress>($"campaigns/{c}/progress")));
            if (all.All(p => p.Status is "Stopped" or "Finished")) return;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    static async Task<bool> Until(Func<bool> condition, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit) return false;
            await Task.Delay(Look);
        }
        return true;
    }
}
