using Carillon.Api.Problems;
using Carillon.Api.Statistics;
using Microsoft.AspNetCore.Mvc;

namespace Carillon.Api.Campaigns.Funnel;

/// <summary>Which calls of a campaign, and by what.</summary>
sealed class FunnelQuery
{
    /// <summary>attempt (default), hour (of the day, in the zone of the campaign's schedule) or list.</summary>
    [FromQuery(Name = "by")] public string? By { get; init; }
    /// <summary>Begun at or after; default seven days before the end.</summary>
    [FromQuery(Name = "from")] public DateTimeOffset? From { get; init; }
    /// <summary>Begun before; default now.</summary>
    [FromQuery(Name = "to")] public DateTimeOffset? To { get; init; }

    /// <exception cref="Refusal">400: each field that is wrong.</exception>
    public (FunnelBy By, Period Period) Read(DateTimeOffset now, TimeSpan longest)
    {
        var errors = new FieldErrors();
        var by = Array.FindIndex(Enum.GetNames<FunnelBy>(), name => name.Equals(By ?? nameof(FunnelBy.Attempt), StringComparison.OrdinalIgnoreCase));
        errors.AddIf(by < 0, "by", $"Calls are summed up by {string.Join(", ", Enum.GetNames<FunnelBy>())}, not by {By}.");
        var period = Period.Read(From, To, now, longest, errors);
        errors.ThrowIfAny();
        return ((FunnelBy)by, period);
    }
}
