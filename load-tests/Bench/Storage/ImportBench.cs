using System.Diagnostics;
using Carillon.Leads;
using Carillon.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Bench.Storage;

/// <summary>
/// Imports a list, beside a raw COPY of the same rows: into a table like ours (same columns and indexes), and into a bare one. Two ways: into the store directly, and
/// as a file sent to a node, that of a tenth too, to see whether memory grows with the list. Then asks the full table what a running campaign asks it.
/// </summary>
static class ImportBench
{
    static readonly CampaignId Campaign = new("bench");

    public static async Task RunAsync(BenchOptions options)
    {
        var lines = options.Lines;
        var figures = new Figures(options.Json, ("lines", lines));
        TimeSpan? copy = null;
        if (await BenchStore.PostgresAsync(options.Data) is { } postgres)
        {
            await using (postgres)
            {
                await postgres.Database.OpenAsync();
                var bare = await CopyAsync(postgres.ConnectionString, "CREATE TABLE raw_leads (LIKE leads INCLUDING GENERATED INCLUDING DEFAULTS)", lines);
                copy = await CopyAsync(postgres.ConnectionString, "CREATE TABLE raw_leads (LIKE leads INCLUDING ALL)", lines);
                var import = await ImportAsync(postgres, figures, lines);
                figures.Add("postgres raw copy, bare table", bare.TotalSeconds, "s");
                figures.Add("postgres raw copy, same indexes", copy.Value.TotalSeconds, "s");
                figures.Add("postgres import / raw copy, same indexes", import / copy.Value, "x");
                figures.Add("postgres import / raw copy, bare table", import / bare, "x");
                await AskAsync(postgres, figures);
                await FileImport.RunAsync(postgres, lines / 10, options, figures);
                var file = await FileImport.RunAsync(postgres, lines, options, figures);
                figures.Add("postgres import of a file by REST / raw copy, same indexes", file / copy.Value, "x");
                figures.Add("postgres import of a file by REST / raw copy, bare table", file / bare, "x");
            }
        }
        await using var sqlite = BenchStore.Sqlite(options.Data);
        var seconds = await ImportAsync(sqlite, figures, lines);
        if (copy is { } raw) figures.Add("sqlite import / postgres raw copy, same indexes", seconds / raw, "x");
        await AskAsync(sqlite, figures);
        await FileImport.RunAsync(null, lines / 10, options, figures);
        var fileToSqlite = await FileImport.RunAsync(null, lines, options, figures);
        if (copy is { } rawCopy) figures.Add("sqlite import of a file by REST / postgres raw copy, same indexes", fileToSqlite / rawCopy, "x");
    }

    static async Task<TimeSpan> ImportAsync(BenchStore store, Figures figures, int lines)
    {
        await store.Database.OpenAsync();
        var leads = new LeadStore(store.Database);
        var started = Stopwatch.GetTimestamp();
        var report = await leads.ImportAsync(Campaign, RowsAsync(lines));
        var took = Stopwatch.GetElapsedTime(started);
        if (report.Imported != lines) throw new InvalidOperationException($"Imported {report.Imported} of {lines}.");
        figures.Add($"{store.Name} import", took.TotalSeconds, "s");
        started = Stopwatch.GetTimestamp();
        report = await leads.ImportAsync(Campaign, RowsAsync(lines));
        if (report.Duplicates != lines) throw new InvalidOperationException($"Found {report.Duplicates} duplicates of {lines}.");
        figures.Add($"{store.Name} import again, all duplicates", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
        figures.Add($"{store.Name} peak memory of the bench", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, "MiB");
        return took;
    }

    static async Task AskAsync(BenchStore store, Figures figures)
    {
        var leads = new LeadStore(store.Database);
        var now = TimeProvider.System.GetUtcNow();
        await MeasureAsync("take 50 due", () => leads.TakeDueAsync(Campaign, now, OpenColumns.Both, 50));
        await MeasureAsync("take 50 due, newest first", () => leads.TakeDueAsync(
            Campaign, now, OpenColumns.Both, 50, new() { Due = DueOrder.RetriesFirst, Fresh = FreshOrder.Newest }));
        await MeasureAsync("next due", () => leads.NextDueAsync(Campaign));
        await MeasureAsync("count by status", () => leads.CountByStatusAsync(Campaign));
        await MeasureAsync("leads left", () => leads.LeadsLeftAsync(Campaign));

        async Task MeasureAsync(string what, Func<Task> ask)
        {
            const int Times = 200;
            for (var i = 0; i < 20; i++) await ask();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++) await ask();
            figures.Add($"{store.Name} {what}", Stopwatch.GetElapsedTime(started).TotalMilliseconds / Times, "ms");
        }
    }

    static async Task<TimeSpan> CopyAsync(string connectionString, string createTable, int lines)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(createTable);
        var started = Stopwatch.GetTimestamp();
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY raw_leads (id, campaign_id, number, status, attempts, attempts_since_answer, next_at, created_at, data) FROM STDIN (FORMAT binary)"))
        {
            await foreach (var lead in RowsAsync(lines))
            {
                await copy.StartRowAsync();
                await copy.WriteAsync((long)lead.Line, NpgsqlDbType.Bigint);
                await copy.WriteAsync(Campaign.Value, NpgsqlDbType.Text);
                await copy.WriteAsync(lead.Number.Value, NpgsqlDbType.Text);
                await copy.WriteAsync("New", NpgsqlDbType.Text);
                await copy.WriteAsync(0, NpgsqlDbType.Integer);
                await copy.WriteAsync(0, NpgsqlDbType.Integer);
                await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(lead.Data, NpgsqlDbType.Text);
            }
            await copy.CompleteAsync();
        }
        var took = Stopwatch.GetElapsedTime(started);
        await ExecuteAsync("DROP TABLE raw_leads");
        await ExecuteAsync("CHECKPOINT");
        return took;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
    }

    // Numbers in no order, as in real lists: the hard case for an index.
    internal static async IAsyncEnumerable<NewLead> RowsAsync(int lines)
    {
        for (var line = 1; line <= lines; line++)
        {
            await ValueTask.CompletedTask;
            yield return new(line, new($"+79{line * 670_041_701L % 1_000_000_007:D9}"), """{"name":"Ivanov"}""");
        }
    }
}
