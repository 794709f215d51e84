using Carillon.Api.Access;
using Carillon.Api.Exports;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Campaigns.Funnel;

static class FunnelApi
{
    public static void MapFunnel(this RouteGroupBuilder api)
    {
        var campaigns = api.MapGroup("/campaigns/{id}").WithTags("Campaigns");
        campaigns.MapGet("/funnel", Sum).For(Role.Supervisor).WithSummary("How far the calls of a period came, by attempt, hour of the day or list, and how they ended")
            .ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("/funnel.csv", Export).For(Role.Supervisor).WithSummary("The same as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapGet("/funnel.xlsx", Workbook).For(Role.Supervisor).WithSummary("The same as an XLSX workbook")
            .Produces<byte[]>(StatusCodes.Status200OK, XlsxTable.ContentType).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<FunnelAnswer>> Sum(string id, [AsParameters] FunnelQuery query, Caller caller, FunnelDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Sum(caller, id, query, cancel));

    /// <param name="separator">comma (default), semicolon or tab.</param>
    /// <param name="bom">Begin with a byte order mark. Default true for semicolon.</param>
    static async Task<PushStreamHttpResult> Export(
        string id, [AsParameters] FunnelQuery query, string? separator, bool? bom, Caller caller, FunnelDesk desk, CancellationToken cancel)
    {
        var form = CsvForm.Read(separator, bom);
        var answer = await desk.Sum(caller, id, query, cancel);
        return TypedResults.Stream(body => CsvTable.Write(body, FunnelTable.Of(answer), form, cancel), CsvTable.ContentType, "funnel.csv");
    }

    static async Task<PushStreamHttpResult> Workbook(string id, [AsParameters] FunnelQuery query, Caller caller, FunnelDesk desk, CancellationToken cancel)
    {
        var answer = await desk.Sum(caller, id, query, cancel);
        return TypedResults.Stream(body => XlsxTable.Write(body, FunnelTable.Of(answer), TimeZoneInfo.Utc, cancel), XlsxTable.ContentType, "funnel.xlsx");
    }
}
