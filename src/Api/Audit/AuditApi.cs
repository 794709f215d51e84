using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Audit;

static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", List).For(Role.Administrator).WithTags("Audit").WithSummary("Who did what, from where; newest first");

    static async Task<Ok<AuditPage>> List(
        string? user, string? action, string? kind, string? target, DateTimeOffset? from, DateTimeOffset? to, string? cursor, int? limit,
        Caller caller, AuditDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.List(
            caller, new() { User = user, Action = action, Kind = kind, Target = target, From = from, To = to, Before = Paging.Number(cursor), Limit = Paging.Limit(limit) }, cancel));
}
