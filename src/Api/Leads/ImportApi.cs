using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Idempotency;
using Carillon.Api.Json;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Lists;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Carillon.Api.Leads;

static class ImportApi
{
    const string Ndjson = "application/x-ndjson";

    public static void MapImport(this RouteGroupBuilder api)
    {
        api.MapPost("/campaigns/{id}/leads/import", Import).For(Role.Supervisor).WithTags("Leads")
            .WithSummary("Import a list of numbers: text/csv, text/plain, an XLSX workbook, or a file in multipart/form-data")
            .WithDescription($"Accept: {Ndjson} gets progress line by line, the report last. Delimiter, header, column and encoding are found out unless said.")
            .AsListUpload().Produces<ImportReport>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <param name="numberColumn">The column of the numbers, from 1.</param>
    /// <param name="otherNumberColumn">Columns of further numbers of the same person, from 1; at most 9.</param>
    /// <param name="callOrderColumn">The column of whole numbers by which a campaign may call, the lowest first; from 1.</param>
    /// <param name="agentColumn">The column of the ids of agents who are to call these leads, from 1.</param>
    /// <param name="dialAtColumn">The column of the times before which leads are not called, from 1; at most a year ahead.</param>
    /// <param name="chanceColumn">The column of how likely leads answer, 0 to 1 or percent with its sign; from 1.</param>
    /// <param name="timeZone">Of times that name no distance from UTC. Default: that of the campaign's schedule.</param>
    /// <param name="listName">A name by which the campaign's order may give this list a share; at most 64 characters.</param>
    /// <param name="priority">0 to 9, the highest first.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="delimiter">comma, semicolon or tab.</param>
    static async Task<Results<Ok<ImportReport>, PushStreamHttpResult>> Import(
        string id, int? numberColumn, [FromQuery] int[]? otherNumberColumn, int? callOrderColumn, int? agentColumn, int? dialAtColumn, int? chanceColumn, string? timeZone,
        string? listName, int? priority, bool? header, string? delimiter, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules, ListZone zone,
        TimeProvider time, LeadStore leads, IGrainFactory grains, AuditLog audit, IOptions<ApiOptions> limits, HttpRequest request, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var options = ListQuery.Options(campaign.Config.Country, numberColumn, header, delimiter) with
        {
            OtherNumberColumns = OtherColumns(otherNumberColumn ?? []),
            CallOrderColumn = Column(callOrderColumn, "callOrderColumn"),
            AgentColumn = Column(agentColumn, "agentColumn"),
            ChanceColumn = Column(chanceColumn, "chanceColumn"),
            DialAt = Column(dialAtColumn, "dialAtColumn") is { } column ? new(column, await zone.Of(campaign.Config, timeZone, cancel), time.GetUtcNow().AddYears(1)) : null,
        };
        var list = await ListBody.Open(request, cancel);
        var import = new ListImport(leads, new(campaign.Id), options, Place(listName, priority), limits.Value.MaxImportLines);

        async Task<ImportReport> Run(Action<ImportState> tell)
        {
            var whole = false;
            try
            {
                var report = await import.Run(list, tell, cancel);
                whole = true;
                return report;
            }
            finally
            {
                // What came before a list broke off is in the campaign, and somebody put it there.
                await grains.Campaign(new(campaign.Id)).LeadsChanged();
                await audit.Done(caller, "import-leads", "campaign", campaign.Id, new { import.Report.Lines, import.Report.Imported, import.Report.Duplicates, import.Report.Invalid, whole });
            }
        }

        if (!request.Headers.Accept.ToString().Contains(Ndjson, StringComparison.OrdinalIgnoreCase)) return TypedResults.Ok(await Run(_ => { }));
        return TypedResults.Stream(body => Tell(body, Run, cancel), Ndjson);
    }

    static int? Column(int? column, string field) => column is null or (>= 1 and <= 1000) ? column - 1 : throw Refusal.Invalid(field, "Columns are counted from 1.");

    static LeadPlace Place(string? list, int? priority)
    {
        var place = new LeadPlace { List = list ?? "", Priority = priority ?? 0 };
        foreach (var problem in LeadOrderValidation.Validate(place)) throw Refusal.Invalid(problem.Field == "list" ? "listName" : problem.Field, problem.Text);
        return place;
    }

    static ImmutableArray<int> OtherColumns(int[] columns)
    {
        if (columns.Length > Lead.MostOtherNumbers) throw Refusal.Invalid("otherNumberColumn", $"A lead has at most {Lead.MostOtherNumbers} numbers beside its main one.");
        return columns.All(c => c is >= 1 and <= 1000) ? [.. columns.Select(c => c - 1)] : throw Refusal.Invalid("otherNumberColumn", "Columns are counted from 1.");
    }

    /// <summary>A client who reads slowly misses states in between; the import does not wait for it.</summary>
    static async Task Tell(Stream body, Func<Action<ImportState>, Task<ImportReport>> run, CancellationToken cancel)
    {
        var states = Channel.CreateBounded<ImportState>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var work = Work();
        await foreach (var state in states.Reader.ReadAllAsync(cancel)) await Write(new(Progress: state));
        await Write(await work);

        async Task<ImportLine> Work()
        {
            try
            {
                return new(Report: await run(state => states.Writer.TryWrite(state)));
            }
            catch (Exception e) when (e is StorageException or BadHttpRequestException or IOException or Refusal)
            {
                // The answer has begun; its last line is the only place left to say so.
                return new(Problem: e.Message);
            }
            finally
            {
                states.Writer.Complete();
            }
        }

        async Task Write(ImportLine line)
        {
            await JsonSerializer.SerializeAsync(body, line, ApiJson.Lines, cancel);
            await body.WriteAsync("\n"u8.ToArray(), cancel);
            await body.FlushAsync(cancel);
        }
    }
}
