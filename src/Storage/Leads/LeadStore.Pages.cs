using Carillon.Leads;

namespace Carillon.Storage;

/// <summary>Pages of a campaign's leads. Each begins where the one before ended, and reads no more than it shows of each status.</summary>
public sealed partial class LeadStore
{
    static readonly LeadStatus[] EveryStatus = Enum.GetValues<LeadStatus>();

    // The status in an expression, so that no index on it is taken: how numbers begin says more.
    internal const string ByNumber =
        $"SELECT {Columns} FROM leads WHERE campaign_id = @campaign AND number >= @From AND number < @To AND COALESCE(status, '') {{{{in:Statuses}}}} ORDER BY number LIMIT @Limit";

    // The other way round, for statuses of few leads: their index finds these, and they are sorted.
    internal const string FewByNumber =
        $"SELECT {Columns} FROM leads WHERE campaign_id = @campaign AND status {{{{in:Statuses}}}} AND COALESCE(number, '') >= @From AND COALESCE(number, '') < @To ORDER BY COALESCE(number, '') LIMIT @Limit";

    const long Few = 10_000;

    internal static string OfStatus(LeadStatus status) =>
        $"SELECT {Columns} FROM leads WHERE campaign_id = @campaign AND status = '{status}' AND id > @After ORDER BY id LIMIT @Limit";

    public async Task<List<Lead>> ListAsync(CampaignId campaign, LeadFilter filter, CancellationToken cancel = default)
    {
        LeadStatus[] statuses = filter.Statuses.IsDefaultOrEmpty ? EveryStatus : [.. filter.Statuses.Distinct().Order()];
        if (!filter.IsByNumber) return await database.ReadAsync(s => s.QueryAsync<Lead>(ById(statuses), new { campaign, filter.After, filter.Limit }), cancel);
        var counts = await CountByStatusAsync(campaign, cancel);
        return await database.ReadAsync(s => s.QueryAsync<Lead>(statuses.Sum(v => counts.GetValueOrDefault(v)) <= Few ? FewByNumber : ByNumber, new
        {
            campaign,
            From = From(filter),
            To = filter.NumberPrefix + '\uffff',
            Statuses = statuses.Select(v => v.ToString()).ToArray(),
            filter.Limit,
        }), cancel);
    }

    /// <summary>A blank comes before all digits: what follows a number begins there.</summary>
    static string From(LeadFilter filter) =>
        filter.AfterNumber + " " is { Length: > 1 } next && string.CompareOrdinal(next, filter.NumberPrefix) > 0 ? next : filter.NumberPrefix!;

    /// <summary>The first of each status, merged: an index gives them in order for one status at a time.</summary>
    static string ById(LeadStatus[] statuses) => statuses is [var one]
        ? OfStatus(one)
        : string.Join(" UNION ALL ", statuses.Select(status => $"SELECT * FROM ({OfStatus(status)}) AS {status}Leads")) + " ORDER BY id LIMIT @Limit";
}
