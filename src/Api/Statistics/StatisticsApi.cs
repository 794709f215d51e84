using Carillon.Api.Access;
using Carillon.Api.Exports;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Statistics;

static class StatisticsApi
{
    public static void MapStatistics(this RouteGroupBuilder api)
    {
        api.MapGet("/statistics", Sum).For(Role.Supervisor).WithTags("Statistics").WithSummary("Calls of a period by campaign, agent, hour, day, trunk or caller ID");
        api.MapGet("/statistics.csv", Export).For(Role.Supervisor).WithTags("Statistics").WithSummary("The same as CSV").Produces<string>(StatusCodes.Status200OK, "text/csv");
        api.MapGet("/statistics.xlsx", Workbook).For(Role.Supervisor).WithTags("Statistics").WithSummary("The same as an XLSX workbook").Produces<byte[]>(StatusCodes.Status200OK, XlsxTable.ContentType);
    }

    static async Task<Ok<StatisticsAnswer>> Sum([AsParameters] StatisticsQuery query, Caller caller, StatisticsDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Sum(caller, query, cancel));

    /// <param name="separator">comma (default), semicolon or tab.</param>
    /// <param name="bom">Begin with a byte order mark. Default true for semicolon.</param>
    static async Task<PushStreamHttpResult> Export(
        [AsParameters] StatisticsQuery query, string? separator, bool? bom, Caller caller, StatisticsDesk desk, CancellationToken cancel)
    {
        var form = CsvForm.Read(separator, bom);
        var answer = await desk.Sum(caller, query, cancel);
        return TypedResults.Stream(body => CsvTable.Write(body, StatisticsTable.Of(answer), form, cancel), CsvTable.ContentType, "statistics.csv");
    }

    static async Task<PushStreamHttpResult> Workbook([AsParameters] StatisticsQuery query, Caller caller, StatisticsDesk desk, CancellationToken cancel)
    {
        var answer = await desk.Sum(caller, query, cancel);
        return TypedResults.Stream(body => XlsxTable.Write(body, StatisticsTable.Of(answer), TimeZones.Read(query.TimeZone), cancel), XlsxTable.ContentType, "statistics.xlsx");
    }
}
