using System.Diagnostics;
using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Bench.Storage;

/// <summary>Asks for pages of a long list of leads, as the page Numbers does: unfiltered, by status and by how numbers begin, common and rare.</summary>
static class PageBench
{
    const int Times = 20;
    const int Rare = 3;

    static readonly CampaignId Campaign = new("bench"), Before = new("before");

    public static Task RunAsync(BenchOptions options)
    {
        var figures = new Figures(options.Json, ("lines", options.Lines));
        return BenchStore.EachAsync(options.Data, store => MeasureAsync(store, figures, options.Lines));
    }

    static async Task MeasureAsync(BenchStore store, Figures figures, int lines)
    {
        await store.Database.OpenAsync();
        var leads = new LeadStore(store.Database);
        // Another campaign has the lower ids, as in life.
        await leads.ImportAsync(Before, ImportBench.RowsAsync(lines / 10));
        await leads.ImportAsync(Campaign, ImportBench.RowsAsync(lines));
        var (first, last) = await store.Database.ReadAsync(s => s.FirstAsync<(long, long)>("SELECT min(id), max(id) FROM leads WHERE campaign_id = @Campaign", new { Campaign }));
        await store.Database.WriteAsync(s => s.ExecuteAsync("UPDATE leads SET status = 'Callback' WHERE id > @after", new { after = last - Rare }));
        await store.Database.WriteAsync(s => s.ExecuteAsync("UPDATE leads SET status = 'Answered' WHERE id % 2 = 0 AND id <= @until AND campaign_id = @Campaign", new { until = last - Rare, Campaign }));
        await store.Database.WriteAsync(s => s.ExecuteAsync("DELETE FROM lead_counts"));
        await store.Database.WriteAsync(s => s.ExecuteAsync("INSERT INTO lead_counts (campaign_id, status, shard, leads, leads_left) SELECT campaign_id, status, 0, count(*), count(next_at) FROM leads GROUP BY campaign_id, status"));
        if (store.Name == "postgres") await store.Database.WriteAsync(s => s.ExecuteAsync("ANALYZE leads"));

        await PageAsync("first page", new());
        await PageAsync("page in the middle", new() { After = (first + last) / 2 });
        await PageAsync("half of the leads by status", new() { Statuses = [LeadStatus.Answered] });
        await PageAsync("rare status", new() { Statuses = [LeadStatus.Callback] });
        await PageAsync("no lead of that status", new() { Statuses = [LeadStatus.Completed] });
        await PageAsync("numbers that begin with +7 (all)", new() { NumberPrefix = "+7" });
        await PageAsync("numbers that begin with +7912345 (few)", new() { NumberPrefix = "+7912345" });
        await PageAsync("+7912345 of half of the leads", new() { NumberPrefix = "+7912345", Statuses = [LeadStatus.Answered] });
        await PageAsync("+7 of a rare status", new() { NumberPrefix = "+7", Statuses = [LeadStatus.Callback] });

        async Task PageAsync(string what, LeadFilter filter)
        {
            filter = filter with { Limit = 50 };
            await leads.ListAsync(Campaign, filter);
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++) await leads.ListAsync(Campaign, filter);
            figures.Add($"{store.Name} {what}", Stopwatch.GetElapsedTime(started).TotalMilliseconds / Times, "ms");
        }
    }
}
