using System.Globalization;
using System.Text.Json;
using Carillon.Api.Access;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Audit;

sealed record AuditLine(long Id, DateTimeOffset At, string? User, string? Address, string Action, string? Kind, string? Target, JsonElement? Detail);

sealed record AuditPage(IReadOnlyList<AuditLine> Items, string? Next);

/// <summary>Who did what, from where; for administrators.</summary>
sealed class AuditDesk(AuditStore store)
{
    /// <summary>The newest first.</summary>
    public async Task<AuditPage> List(Caller caller, AuditFilter filter, CancellationToken cancel)
    {
        caller.Needs(Role.Administrator);
        var entries = await store.ListAsync(filter, cancel);
        return new(
            [.. entries.Select(e => new AuditLine(e.Id, e.At, e.User, e.Address, e.Action, e.Kind, e.Target, e.Detail is null ? null : JsonElement.Parse(e.Detail)))],
            entries.Count == filter.Limit ? entries[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }
}
