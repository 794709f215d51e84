using System.Diagnostics;
using Carillon.Chaos.Audit;
using Carillon.Chaos.Faults;

namespace Carillon.Chaos;

/// <summary>What a run found.</summary>
sealed record Verdict(Account Account, IReadOnlyList<Promise> Promises, IReadOnlyList<Comeback> Comebacks, string Log)
{
    public bool Kept => Promises.All(p => p.Broken.Count == 0);

    /// <summary>Calls that were placed before the node was lost, ended after it was back, and were recorded as what they were.</summary>
    public int Survived => Account.Both.Count(p => p.Record.Outcome != "Unknown" && Account.Outages.OfNode.Any(o => p.Call.Placed < o.From && p.Call.Ended > o.To));
}

/// <param name="After">From the healing of its faults to the next new call; null: none came in time.</param>
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
        var ids = await Setup.Run(rig.Api, rig.Network, rig.Links, leads);
        foreach (var campaign in ids.Campaigns.Values) await rig.Api.Post<Commanded>($"campaigns/{campaign}/start");
        await Until(() => rig.Network.Log.Placed >= CallsToWarmUp, LastCalls);
        foreach (var (step, i) in plan.Select((s, i) => (s, i)))
        {
            tell($"{i + 1} of {plan.Count}: {step}");
            await Suffer(rig, step);
        }
        tell("Waiting for the last calls to end.");
        await Drain(rig, ids);
        var records = await CallRecords.Read(rig.Api);
        var account = new Account(rig.Network.Log.Calls, records, await AuditedLead.ReadAll(rig.Api, ids.Campaigns), rig.Outages, ids.Servers, options);
        var promises = Promises.Check(account, leads).Append(new("faults after which no call came", [.. _comebacks.Where(c => c.After is null).Select(c => c.Step.ToString())]))
            .Append(new("nodes that ended by themselves", [.. Enumerable.Repeat("see the log", rig.UnaskedEnds)]));
        return new(account, [.. promises], _comebacks, await rig.Said());
    }

    IReadOnlyList<Step> Plan(Rig rig)
    {
        if (options.Kills is { } kills) return FaultPlan.Kills(options.Seed, kills, nodes: 1);
        var possible = rig.Possible.ToList();
        var kinds = options.Faults.Count == 0 ? possible : [.. options.Faults.Intersect(possible)];
        foreach (var left in (options.Faults.Count == 0 ? Enum.GetValues<FaultKind>() : options.Faults).Except(possible)) tell($"Left out: {left}, which takes {(left == FaultKind.FillDisk ? "SQLite and the right to mount" : "--storage postgres")}.");
        return FaultPlan.Draw(options.Seed, kinds, 1, Floor.Servers, options.For);
    }

    /// <summary>More than can be dialed, so that the lists never end.</summary>
    static int Leads(IReadOnlyList<Step> plan) => 1000 + (int)(plan.Sum(s => s.Pause.TotalSeconds + s.Faults.Max(f => f.Length.TotalSeconds) + 10) * Floor.CallsPerSecondOfCampaign);

    async Task Suffer(Rig rig, Step step)
    {
        await Task.Delay(step.Pause);
        await Task.WhenAll(step.Faults.Select(rig.Suffer));
        await rig.KeepUp();
        var healed = TimeProvider.System.GetUtcNow();
        var placed = rig.Network.Log.Placed;
        var came = await Until(() => rig.Network.Log.Placed > placed, ComebackLimit);
        _comebacks.Add(new(step, came ? TimeProvider.System.GetUtcNow() - healed : null));
    }

    static async Task Drain(Rig rig, Setup.Ids ids)
    {
        foreach (var campaign in ids.Campaigns.Values) await rig.Api.Post<Commanded>($"campaigns/{campaign}/drain");
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LastCalls)
        {
            var all = await Task.WhenAll(ids.Campaigns.Values.Select(c => rig.Api.Get<Progress>($"campaigns/{c}/progress")));
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
