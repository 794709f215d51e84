using Carillon.Campaigns;
using Carillon.Pacing;

namespace Carillon.Queues;

/// <summary>Shares of campaigns that want the same agents.</summary>
sealed partial class ClaimBook
{
    /// <summary>A campaign that wants more agents asks every half second at the latest: one that has not for this long is not waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>So often in a row a campaign may take nothing of what is left to it, as when callers come in between, before it is not waited for.</summary>
    public const int MostDeclined = 3;

    /// <summary>So often in a row a campaign may use nothing of what it was granted, as when its numbers are in calls, before that counts as used, and it is not waited for.</summary>
    public const int MostIdle = 3;

    readonly FairShares<CampaignId> _shares = new();
    readonly HashSet<CampaignId> _offered = [];

    public bool HasOffered => _offered.Count > 0;

    /// <summary>Campaigns to which something was left since this was last asked: they should ask now, as nobody else gets it before.</summary>
    public IReadOnlyList<CampaignId> TakeOffered()
    {
        var offered = _offered.Where(_entries.ContainsKey).ToList();
        _offered.Clear();
        return offered;
    }

    /// <summary>Puts the claim into the book with as many of the slots as are the campaign's by its share. A claim for agents by name has all: nobody else can have their leads.</summary>
    /// <returns>How many slots were left to others.</returns>
    int LeaveToOthers(QueueClaim claim, List<AgentSlot> slots, Roster agents, DateTimeOffset now)
    {
        var possible = slots.Count;
        if (claim.Agents is null && possible > 0) Divide(claim, slots, agents, now);
        _shares.Give(claim.Campaign, claim.Share, slots.Count * UnitOf(claim));
        var standing = _entries[claim.Campaign].Standing;
        standing.Asked(possible, byName: claim.Agents is not null, now);
        _entries[claim.Campaign] = new(claim, slots, now, standing);
        return possible - slots.Count;
    }

    void Divide(QueueClaim claim, List<AgentSlot> slots, Roster agents, DateTimeOffset now)
    {
        var rivals = new List<Rival<CampaignId>>();
        var wanted = new HashSet<ServerId>();
        foreach (var (campaign, entry) in _entries)
        {
            var more = entry.Claim.Wanted - entry.Slots.Count;
            if (campaign == claim.Campaign || more <= 0 || entry.IsByName || now - entry.At > Patience) continue;
            if (entry.Standing.Absent(now)) continue;
            if (slots.Count(s => CanUse(entry, s, agents)) is not (> 0 and var usable)) continue;
            rivals.Add(new(campaign, entry.Claim.Share, Math.Min(more, (int)Math.Ceiling(usable * UnitOf(claim) / entry.Unit)), entry.Unit));
            wanted.UnionWith(entry.Claim.Servers);
        }
        var (calls, left) = _shares.Part(claim.Campaign, claim.Share, slots.Count, UnitOf(claim), rivals);
        foreach (var (campaign, count) in left)
        {
            var standing = _entries[campaign].Standing;
            standing.Offered = Math.Max(standing.Offered, count);
            if (calls < slots.Count) _offered.Add(campaign);
        }
        if (calls == slots.Count) return;
        // What nobody else could use is kept.
        var kept = slots.OrderBy(s => wanted.Contains(s.Server)).Take(calls).ToList();
        slots.Clear();
        slots.AddRange(kept);
    }

    static bool CanUse(Entry rival, AgentSlot slot, Roster agents) =>
        rival.Claim.Servers.Contains(slot.Server) || agents.Find(slot.Agent)?.Seats.Any(s => rival.Claim.Servers.Contains(s.Server)) == true;

    /// <summary>
    /// What was granted and not used is not counted against the campaign, unless it used nothing again and again: it would stay behind all others and be promised every
    /// agent for nothing. Once it wants no more, the others are to ask for what it gave back.
    /// </summary>
    void TakeBackUnused(QueueClaim claim, DateTimeOffset now)
    {
        if (!_entries.TryGetValue(claim.Campaign, out var entry) || entry.Slots.Count == 0) return;
        var unused = Math.Clamp(claim.Unused, 0, entry.Slots.Count);
        // Who is shown a lead in advance is not dialed at once.
        if (!entry.IsByName) entry.Standing.Used(unused < entry.Slots.Count, now);
        if (unused == 0) return;
        if (entry.IsByName || entry.Standing.Idle <= MostIdle) _shares.Give(claim.Campaign, entry.Claim.Share, -unused * entry.Unit);
        if (claim.Wanted == 0) _offered.UnionWith(_entries.Where(e => e.Key != claim.Campaign && e.Value.Claim.Wanted > e.Value.Slots.Count && now - e.Value.At <= Patience).Select(e => e.Key));
    }

    static double UnitOf(QueueClaim claim) => claim.Agents is not null ? 1 : claim.Pool switch
    {
        { Predictive.Chances: [var chance, ..] } => Math.Clamp(chance, FairShares<CampaignId>.LeastUnit, 1),
        { Ratio: { Of: not RatioOf.Channels, Ratio: var ratio } } => 1 / Math.Max(1, ratio),
        _ => 1,
    };
}
