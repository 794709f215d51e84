using System.Text.Json;
using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Audit;

sealed record AuditLine(long Id, DateTimeOffset At, string? User, string? Address, string Action, string? Kind, string? Target, JsonElement? Detail);

sealed record AuditPage(IReadOnlyList<AuditLine> Items, string? Next);

static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", List).For(Role.Administrator).WithTags("Audit").WithSummary("Who did what, from where; newest first");

    static async Task<Ok<AuditPage>> List(
        string? user, string? action, string? kind, string? target, DateTimeOffset? from, DateTimeOffset? to, string? cursor, int? limit,
        AuditStore store, CancellationToken cancel)
    {
        var size = Paging.Limit(limit);
        var entries = await store.ListAsync(
            new() { User = user, Action = action, Kind = kind, Target = target, From = from, To = to, Before = Paging.Number(cursor), Limit = size }, cancel);
        return TypedResults.Ok(new AuditPage(
            [.. entries.Select(e => new AuditLine(e.Id, e.At, e.User, e.Address, e.Action, e.Kind, e.Target, e.Detail is null ? null : JsonElement.Parse(e.Detail)))],
            entries.Count == size ? entries[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }
}
