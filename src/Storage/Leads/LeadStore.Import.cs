using System.Collections.Immutable;
using Carillon.Leads;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Storage;

/// <summary>How far an import has come, and which lines of its last batch were duplicates of the campaign's leads or of lines before them.</summary>
public sealed record ImportProgress(long Read, long Imported, long Duplicates, ImmutableArray<int> DuplicateLines);

public sealed partial class LeadStore
{
    static readonly string[] ImportNames = ["campaign", "number", "now", "later", "data", "others", "order", "chance", "agent", "priority", "list"];

    /// <summary>
    /// Adds leads as they come, in batches that are durable one by one: after an abort whole batches are there, and the same list imported again
    /// adds the rest. Holds one batch in memory.
    /// </summary>
    /// <param name="progress">Told of every batch, on the importing thread.</param>
    /// <param name="place">Where the leads stand that do not say it themselves.</param>
    public async Task<ImportProgress> ImportAsync(
        CampaignId campaign, IAsyncEnumerable<NewLead> leads, Action<ImportProgress>? progress = null, LeadPlace? place = null, CancellationToken cancel = default)
    {
        await database.OpenAsync(cancel);
        var total = new ImportProgress(0, 0, 0, []);
        var batch = new List<NewLead>(database.ImportBatch);
        await foreach (var lead in leads.WithCancellation(cancel))
        {
            batch.Add(lead);
            if (batch.Count == database.ImportBatch) await FlushAsync();
        }
        if (batch.Count > 0) await FlushAsync();
        return total with { DuplicateLines = [] };

        async Task FlushAsync()
        {
            var duplicates = await database.WriteAsync(s => ImportAsync(s, campaign, batch, place ?? LeadPlace.Default), cancel);
            total = new(total.Read + batch.Count, total.Imported + batch.Count - duplicates.Length, total.Duplicates + duplicates.Length, duplicates);
            batch.Clear();
            progress?.Invoke(total);
        }
    }

    async Task<ImmutableArray<int>> ImportAsync(Session s, CampaignId campaign, List<NewLead> batch, LeadPlace place)
    {
        var duplicates = s.Connection is NpgsqlConnection postgres
            ? await CopyAsync(s, postgres, campaign, batch, place)
            : await InsertAsync(s, campaign, batch, place);
        var counts = new LeadCounts();
        counts.Add(campaign, LeadStatus.New, true, batch.Count - duplicates.Length);
        await counts.ApplyAsync(s);
        return duplicates;
    }

    async Task<ImmutableArray<int>> InsertAsync(Session s, CampaignId campaign, List<NewLead> batch, LeadPlace place)
    {
        var now = database.Now.Micros();
        var inserted = await s.ExecuteEachAsync("""
            INSERT INTO leads (campaign_id, number, status, attempts, attempts_since_answer, next_at, dial_at, created_at, data, other_numbers,
                call_order, chance, agent_id, priority, list)
            VALUES (@campaign, @number, 'New', 0, 0, COALESCE(@later, @now), @later, @now, @data, @others, @order, @chance, @agent, @priority, @list) ON CONFLICT DO NOTHING
            """, ImportNames, batch.ConvertAll(l => new object?[]
            {
                campaign.Value, l.Number.Value, now, Later(l, now), l.Data, l.OtherNumbers, l.CallOrder ?? place.CallOrder, l.Chance ?? place.Chance, l.Agent ?? place.Agent?.Value,
                (short)place.Priority, place.List,
            }));
        return [.. batch.Where((_, i) => inserted[i] == 0).Select(l => l.Line)];
    }

    // COPY knows no ON CONFLICT, so importers and single adds of one campaign take turns and what is there is asked for first.
    async Task<ImmutableArray<int>> CopyAsync(Session s, NpgsqlConnection connection, CampaignId campaign, List<NewLead> batch, LeadPlace place)
    {
        var numbers = batch.ConvertAll(l => l.Number.Value).ToArray();
        await s.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@Value, 0))", new { campaign.Value });
        var seen = (await s.QueryAsync<string>("SELECT number FROM leads WHERE campaign_id = @campaign AND number = ANY(@numbers)", new { campaign, numbers })).ToHashSet();
        var duplicates = ImmutableArray.CreateBuilder<int>();
        var now = database.Now.Micros();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY leads (campaign_id, number, status, attempts, attempts_since_answer, next_at, dial_at, created_at, data, other_numbers, " +
            "call_order, chance, agent_id, priority, list) FROM STDIN (FORMAT binary)");
        foreach (var lead in batch)
        {
            if (!seen.Add(lead.Number.Value))
            {
                duplicates.Add(lead.Line);
                continue;
            }
            await copy.StartRowAsync();
            await copy.WriteAsync(campaign.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(lead.Number.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(nameof(LeadStatus.New), NpgsqlDbType.Text);
            await copy.WriteAsync(0, NpgsqlDbType.Integer);
            await copy.WriteAsync(0, NpgsqlDbType.Integer);
            var later = Later(lead, now);
            await copy.WriteAsync(later ?? now, NpgsqlDbType.Bigint);
            if (later is { } at) await copy.WriteAsync(at, NpgsqlDbType.Bigint);
            else await copy.WriteNullAsync();
            await copy.WriteAsync(now, NpgsqlDbType.Bigint);
            await WriteTextAsync(lead.Data);
            await WriteTextAsync(lead.OtherNumbers);
            if ((lead.CallOrder ?? place.CallOrder) is { } order) await copy.WriteAsync(order, NpgsqlDbType.Integer);
            else await copy.WriteNullAsync();
            if ((lead.Chance ?? place.Chance) is { } chance) await copy.WriteAsync(chance, NpgsqlDbType.Double);
            else await copy.WriteNullAsync();
            await WriteTextAsync(lead.Agent ?? place.Agent?.Value);
            await copy.WriteAsync((short)place.Priority, NpgsqlDbType.Smallint);
            await copy.WriteAsync(place.List, NpgsqlDbType.Text);
        }
        await copy.CompleteAsync();
        return duplicates.ToImmutable();

        Task WriteTextAsync(string? text) => text is null ? copy.WriteNullAsync() : copy.WriteAsync(text, NpgsqlDbType.Text);
    }

    /// <summary>Null: its turn is that of its place.</summary>
    static long? Later(NewLead lead, long now) => lead.DialAt?.Micros() is { } at && at > now ? at : null;
}
