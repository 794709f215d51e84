using System.Diagnostics;
using Carillon.Agents;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Bench.Storage;

/// <summary>Durable small writes, and attempts begun and completed, by concurrent callers.</summary>
static class WriteBench
{
    const int FloorAgents = 5_000, FloorRounds = 10;

    static readonly CampaignId Campaign = new("bench");
    static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(BenchOptions options)
    {
        var (duration, callers) = (options.For, options.Callers);
        var figures = new Figures(options.Json, ("seconds", duration.TotalSeconds), ("callers", callers));
        await using (var sqlite = BenchStore.Sqlite(options.Data)) await MeasureAsync(sqlite);
        if (await BenchStore.PostgresAsync(options.Data) is { } postgres) await using (postgres) await MeasureAsync(postgres);

        async Task MeasureAsync(BenchStore store)
        {
            var states = new GrainStateStore(store.Database);
            await RateAsync($"{store.Name} durable small writes", "writes/s", callers, duration, (caller, n) => states.WriteAsync("bench", $"{caller}-{n}", null, "{}"));

            await FloorTimeAsync(store, figures);

            var leads = new LeadStore(store.Database);
            await leads.ImportAsync(Campaign, LeadsAsync(200_000));
            var attempts = new AttemptStore(store.Database);
            var due = new Queue<Lead>(await leads.TakeDueAsync(Campaign, TimeProvider.System.GetUtcNow(), OpenColumns.Both, 200_000));
            await RateAsync($"{store.Name} attempts begun and completed", "pairs/s", callers, duration, async (_, _) =>
            {
                Lead lead;
                lock (due) lead = due.Dequeue();
                var intent = Intent(lead);
                if ((await attempts.BeginAsync([intent]))[0] != BeginResult.Begun) throw new InvalidOperationException("An attempt was refused.");
                await attempts.CompleteAsync(
                    new() { Intent = intent, EndedAt = intent.At, Outcome = Outcome.Busy }, (_, _) => new() { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 });
            });
        }

        async Task RateAsync(string name, string unit, int tasks, TimeSpan duration, Func<int, int, Task> work)
        {
            using var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var started = Stopwatch.GetTimestamp();
            var done = await Task.WhenAll(Enumerable.Range(0, tasks).Select(caller => Task.Run(async () =>
            {
                var n = 0;
                for (; Stopwatch.GetElapsedTime(started) < duration; n++) await work(caller, n);
                return n;
            })));
            figures.Add(name, done.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds, unit);
            // Unlike the rate this hardly depends on what else the machine does. PostgreSQL's own share is not in it.
            process.Refresh();
            figures.Add($"{name}, CPU of this process", (process.TotalProcessorTime - cpu).TotalMicroseconds / done.Sum(), "us each");
        }
    }

    /// <summary>Writes ten seconds of a large floor at once, as each node does, again and again.</summary>
    static async Task FloorTimeAsync(BenchStore store, Figures figures)
    {
        var (times, at) = (new AgentTimeStore(store.Database), TimeProvider.System.GetUtcNow().AddHours(-1));
        using var process = Process.GetCurrentProcess();
        var (cpu, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        for (var round = 0; round < FloorRounds; round++, at += TenSeconds)
        {
            var spells = Enumerable.Range(0, FloorAgents).SelectMany(i => new AgentSpell[]
            {
                new(new($"PJSIP/{i}"), AgentPlace.Free, null, at, at + TenSeconds / 2), new(new($"PJSIP/{i}"), AgentPlace.Talking, null, at + TenSeconds / 2, at + TenSeconds),
            });
            foreach (var batch in spells.Chunk(1000)) await times.AddAsync(batch);
        }
        var what = $"{store.Name} ten seconds of the time of {FloorAgents} agents, two spells each";
        figures.Add(what, Stopwatch.GetElapsedTime(started).TotalMilliseconds / FloorRounds, "ms");
        process.Refresh();
        figures.Add(what + ", CPU of this process", (process.TotalProcessorTime - cpu).TotalMilliseconds / FloorRounds, "ms");
    }

    static AttemptIntent Intent(Lead lead)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            Id = AttemptId.New(now),
            Campaign = lead.Campaign,
            LeadId = lead.Id,
            Number = lead.Number,
            Server = new("s"),
            Trunk = new("t"),
            Queue = new("q"),
            At = now,
            AttemptNumber = 1,
        };
    }

    static async IAsyncEnumerable<NewLead> LeadsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await ValueTask.CompletedTask;
            yield return new(i, new($"+7{i:D10}"));
        }
    }
}
