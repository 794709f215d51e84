using Carillon.Api.Access;
using Carillon.Api.Exports;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Calls;

static class CallsApi
{
    public static void MapCalls(this RouteGroupBuilder api)
    {
        api.MapGet("/calls", List).For(Role.Operator).WithTags("Calls").WithSummary("Call records, newest first; an operator sees their own");
        api.MapGet("/calls/{id}", Get).For(Role.Operator).WithTags("Calls").WithSummary("One call").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/calls.csv", Export).For(Role.Operator).WithTags("Calls").WithSummary("All call records that the filter finds, as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        api.MapGet("/calls.xlsx", Workbook).For(Role.Operator).WithTags("Calls").WithSummary("All call records that the filter finds, as an XLSX workbook")
            .Produces<byte[]>(StatusCodes.Status200OK, XlsxTable.ContentType);
    }

    static async Task<Ok<CallPage>> List([AsParameters] CallQuery query, AttemptCursor? cursor, int? limit, Caller caller, CallDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(caller, query, cursor, Paging.Limit(limit), cancel));

    static async Task<Ok<Attempt>> Get(string id, Caller caller, CallDesk desk, CancellationToken cancel) =>
        TypedResults.Ok((await desk.Get(caller, id, cancel)).Call);

    /// <param name="separator">comma (default), semicolon (what Excel expects where the comma is the decimal sign, as in Russian) or tab.</param>
    /// <param name="bom">Begin with a byte order mark, without which Excel takes UTF-8 for something else. Default true for semicolon.</param>
    static async Task<PushStreamHttpResult> Export([AsParameters] CallQuery query, string? separator, bool? bom, Caller caller, CallDesk desk, CancellationToken cancel)
    {
        var form = CsvForm.Read(separator, bom);
        var calls = await desk.All(caller, query, cancel);
        var names = await desk.CampaignNames(cancel);
        return TypedResults.Stream(body => CsvTable.Write(body, CallTable.Of(calls, names), form, cancel), CsvTable.ContentType, "calls.csv");
    }

    /// <param name="timeZone">By whose clocks times are shown: an IANA name, or UTC+3. Default UTC.</param>
    static async Task<PushStreamHttpResult> Workbook([AsParameters] CallQuery query, string? timeZone, Caller caller, CallDesk desk, CancellationToken cancel)
    {
        var zone = TimeZones.Read(timeZone);
        var calls = await desk.All(caller, query, cancel);
        var names = await desk.CampaignNames(cancel);
        return TypedResults.Stream(body => XlsxTable.Write(body, CallTable.Of(calls, names), zone, cancel), XlsxTable.ContentType, "calls.xlsx");
    }
}
