using System.Diagnostics;
using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Bench.Storage;

/// <summary>Sums up a month of call records, and a day of them, as the statistics and a campaign's funnel do.</summary>
static class SumsBench
{
    const int Times = 5;
    const int LeadsOfCalls = 3;
    const int Chunk = 10_000;

    static readonly CampaignId Campaign = new("bench");
    static readonly string[] Lists = ["warm", "cold", ""];
    static readonly TimeSpan Month = TimeSpan.FromDays(30);

    // Of ten calls four meet no answer, three a person; every tenth is of another campaign.
    const string Calls = """
        WITH RECURSIVE n(i) AS (SELECT @first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @until), c AS (SELECT i, @from + i * @step AS began, i % 10 AS fate FROM n)
        INSERT INTO attempts (id, campaign_id, lead_id, number, server_id, trunk_id, queue_id, at, attempt_number, attempts_since_answer, lead_status_before,
            ringing_at, answered_at, bridged_at, ended_at, outcome, cause, agent_id, abandoned)
        SELECT '01993f5e-' || CAST(i AS text) || '-7000-8000', CASE WHEN i % 11 = 0 THEN 'other' ELSE 'bench' END, @lead + i * 7919 % @leads, '+7' || CAST(9000000000 + i AS text), 'east', 'carrier', 'sales', began,
            1 + i % 3, 0, 'New', CASE WHEN fate < 8 THEN began + 2000000 END, CASE WHEN fate < 3 THEN began + 9000000 END, CASE WHEN fate < 3 THEN began + 10000000 END, began + 60000000,
            CASE WHEN fate < 3 THEN 'HumanAnswered' WHEN fate < 7 THEN 'NoAnswer' WHEN fate = 7 THEN 'Busy' WHEN fate = 8 THEN 'Rejected' ELSE 'Congestion' END, 16,
            CASE WHEN fate < 3 THEN 'PJSIP/' || CAST(9000 + i % 200 AS text) END, i % 1000 = 1
        FROM c
        """;

    public static Task RunAsync(BenchOptions options)
    {
        var figures = new Figures(options.Json, ("calls", options.Lines));
        return BenchStore.EachAsync(options.Data, store => MeasureAsync(store, figures, options.Lines));
    }

    static async Task MeasureAsync(BenchStore store, Figures figures, int calls)
    {
        await store.Database.OpenAsync();
        var leads = Math.Max(1, calls / LeadsOfCalls);
        foreach (var list in Lists)
            await new LeadStore(store.Database).ImportAsync(Campaign, ImportBench.RowsAsync(leads).Where(l => l.Line % Lists.Length == Array.IndexOf(Lists, list)), place: new() { List = list });
        var lead = await store.Database.ReadAsync(s => s.FirstAsync<long>("SELECT min(id) FROM leads"));
        var (to, step) = (TimeProvider.System.GetUtcNow(), (long)(Month / calls).TotalMicroseconds);
        for (var first = 0L; first < calls; first += Chunk)
            await store.Database.WriteAsync(s => s.ExecuteAsync(Calls, new { first, until = Math.Min(first + Chunk, calls), from = to - Month, step, lead, leads }));
        if (store.Name == "postgres") await store.Database.WriteAsync(s => s.ExecuteAsync("ANALYZE attempts, leads"));

        var attempts = new AttemptStore(store.Database);
        foreach (var (name, from) in new[] { ("month", to - Month), ("day", to.AddDays(-1)) })
        {
            var filter = new AttemptFilter { Campaigns = [Campaign], From = from, To = to };
            await SumAsync($"statistics of a {name} by agent", () => attempts.SumsAsync(SumsBy.Agent, filter, 1000));
            await SumAsync($"statistics of a {name} by hour", () => attempts.SumsByTimeAsync(filter));
            await SumAsync($"funnel of a {name} by attempt", () => attempts.StepsAsync(StepsBy.Attempt, Campaign, from, to, 1000));
            await SumAsync($"funnel of a {name} by hour", () => attempts.StepsByTimeAsync(Campaign, from, to));
            await SumAsync($"funnel of a {name} by list", () => attempts.StepsAsync(StepsBy.List, Campaign, from, to, 1000));
        }

        async Task SumAsync(string what, Func<Task> sum)
        {
            await sum();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++) await sum();
            figures.Add($"{store.Name} {what}", Stopwatch.GetElapsedTime(started).TotalMilliseconds / Times, "ms");
        }
    }
}
