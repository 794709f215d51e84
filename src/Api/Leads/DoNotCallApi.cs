using Carillon.Api.Access;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Leads;

/// <summary>Do-not-call lists: one for all campaigns, and one for each.</summary>
static class DoNotCallApi
{
    public static void MapDoNotCall(this RouteGroupBuilder api)
    {
        var all = api.MapGroup("/do-not-call").WithTags("Do not call");
        all.MapGet("/", (string? number, string? cursor, int? limit, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => List(null, number, cursor, limit, caller, desk, cancel))
            .For(Role.Supervisor).WithSummary("Numbers that no campaign calls; number is how they begin");
        all.MapPost("/", (NumbersToSpare body, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => Add(null, body, caller, desk, cancel))
            .For(Role.Administrator).WithSummary("Numbers that no campaign is to call any more");
        all.MapPost("/import", ([AsParameters] ListToSpare how, Caller caller, DoNotCallDesk desk, HttpRequest request, CancellationToken cancel) => Import(null, how, caller, desk, request, cancel))
            .For(Role.Administrator).WithSummary("A file of such numbers: text/csv, text/plain, an XLSX workbook, or in multipart/form-data").AsListUpload();
        all.MapDelete("/{number}", (string number, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => Remove(null, number, caller, desk, cancel))
            .For(Role.Administrator).WithSummary("Take a number off the list").ProducesProblem(StatusCodes.Status404NotFound);

        var one = api.MapGroup("/campaigns/{id}/do-not-call").WithTags("Do not call");
        one.MapGet("/", (string id, string? number, string? cursor, int? limit, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => List(id, number, cursor, limit, caller, desk, cancel))
            .For(Role.Supervisor).WithSummary("Numbers that this campaign does not call; number is how they begin").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/", (string id, NumbersToSpare body, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => Add(id, body, caller, desk, cancel))
            .For(Role.Supervisor).WithSummary("Numbers that this campaign is not to call any more").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/import", (string id, [AsParameters] ListToSpare how, Caller caller, DoNotCallDesk desk, HttpRequest request, CancellationToken cancel) => Import(id, how, caller, desk, request, cancel))
            .For(Role.Supervisor).WithSummary("A file of such numbers: text/csv, text/plain, an XLSX workbook, or in multipart/form-data").AsListUpload().ProducesProblem(StatusCodes.Status404NotFound);
        one.MapDelete("/{number}", (string id, string number, Caller caller, DoNotCallDesk desk, CancellationToken cancel) => Remove(id, number, caller, desk, cancel))
            .For(Role.Supervisor).WithSummary("Take a number off the campaign's list").ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<Ok<DoNotCallPage>> List(string? campaign, string? number, string? cursor, int? limit, Caller caller, DoNotCallDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(caller, campaign, number, cursor, limit, cancel));

    static async Task<Ok<Spared>> Add(string? campaign, NumbersToSpare body, Caller caller, DoNotCallDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Add(caller, campaign, body, cancel));

    static async Task<Ok<SparedReport>> Import(string? campaign, ListToSpare how, Caller caller, DoNotCallDesk desk, HttpRequest request, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Import(caller, campaign, how, request, cancel));

    static async Task<NoContent> Remove(string? campaign, string number, Caller caller, DoNotCallDesk desk, CancellationToken cancel)
    {
        await desk.Remove(caller, campaign, number, cancel);
        return TypedResults.NoContent();
    }
}
