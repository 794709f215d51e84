using Carillon.Pacing.Evidence;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Keeps how a campaign's days go, once an hour: what that would lose is learned again by the end of the next.</summary>
sealed class DayBook(DayProfileStore days, CampaignId campaign)
{
    (int Day, int Hour) _kept;
    string? _tag;
    DayProfileMemory? _unanswered;

    /// <summary>What was kept; null: nothing.</summary>
    public async Task<DayProfileMemory?> Recall()
    {
        if (await days.GetAsync(campaign) is not var (memory, tag)) return null;
        (_kept, _tag, _unanswered) = ((memory.Day, memory.Hour), tag, null);
        return memory;
    }

    public async Task Keep(DayProfile day)
    {
        if (day.SeenUntil is not { } until || until == _kept) return;
        _kept = until;
        if (_unanswered is { } doubtful && await days.GetAsync(campaign) is var (stored, tag) && IsSame(stored, doubtful)) _tag = tag;
        _unanswered = day.Memory;
        // Refused: another node has the campaign.
        _tag = await days.SetAsync(campaign, _unanswered, _tag) ?? _tag;
        _unanswered = null;
    }

    static bool IsSame(DayProfileMemory one, DayProfileMemory other) => CarillonJson.Write(one) == CarillonJson.Write(other);
}
