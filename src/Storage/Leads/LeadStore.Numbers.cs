using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Storage;

public sealed partial class LeadStore
{
    /// <summary>
    /// A number of the lead must not be called (any more): its next one takes its turn, and a lead that has none left is excluded. A lead that is
    /// being dialed, or whose turn is not that number's, is left alone.
    /// </summary>
    public Task SkipNumberAsync(CampaignId campaign, long id, PhoneNumber number, string reason, CancellationToken cancel = default) => database.WriteAsync(async s =>
    {
        var lead = await s.FirstAsync<Lead>(
            $"SELECT {Columns} FROM leads WHERE id = @id AND campaign_id = @campaign AND status NOT IN ('Dialing', 'Excluded') {{{{for update}}}}", new { id, campaign });
        if (lead is null || lead.NextNumber != number) return 0;
        var tries = lead.Tries.WithDead(lead.Tries.Number);
        return tries.After(tries.Number, lead.NumberCount) is { } next
            ? await s.ExecuteAsync("UPDATE leads SET tries = @Tries WHERE id = @id", new { id, Tries = Mapping.Json(tries with { Number = next }) })
            : await ExcludeAsync(s, reason, [lead]);
    }, cancel);
}
