using System.Collections.Immutable;
using Carillon.Campaigns;
using Carillon.Pacing;

namespace Carillon.Servers;

/// <param name="Share">The campaign's weight against others.</param>
/// <param name="Trunks">Those that will do, alike good.</param>
sealed record LineRequest(CampaignId Campaign, int Share, ImmutableArray<TrunkId> Trunks, int Wanted);

/// <summary>
/// Divides the lines of a server among campaigns while there are too few for all: places are left to those who lately got too few and are behind their share.
/// Otherwise a campaign would keep each of its lines for ever, because nobody hears sooner that its call has ended.
/// </summary>
sealed class LineShares
{
    /// <summary>A campaign that finds no line asks again within a second: one that has not for this long is not waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly FairShares<CampaignId> _shares = new();
    readonly Dictionary<(CampaignId, string Trunks), Shortage> _short = [];

    /// <summary>How many places on each trunk the campaign may have; null: as many as there are, as nobody else lacks any.</summary>
    /// <param name="trunks">The trunks that it asks for, the best first, and the places that are free on each.</param>
    /// <param name="room">Places that are free on the server.</param>
    public Dictionary<TrunkId, int>? Divide(LineRequest request, IEnumerable<(TrunkId Trunk, int Room)> trunks, int room, TimeSpan now)
    {
        foreach (var (key, shortage) in _short)
            if (now - shortage.At > Patience) _short.Remove(key);
        var rivals = _short.Values.Where(s => s.Request.Campaign != request.Campaign).ToList();
        if (rivals.Count == 0) return null;
        var (missing, wanted) = (rivals.ToDictionary(r => r, r => r.Missing), request.Wanted);
        var parts = new Dictionary<TrunkId, int>();
        foreach (var (trunk, free) in trunks)
        {
            var here = rivals.Where(r => r.OfServer || r.Request.Trunks.Contains(trunk)).GroupBy(r => r.Request.Campaign).ToList();
            var possible = Math.Max(0, Math.Min(free, room));
            var (calls, left) = _shares.Part(request.Campaign, request.Share, possible, 1, [.. here.Select(r => new Rival<CampaignId>(r.Key, r.First().Request.Share, r.Sum(s => missing[s]), 1))]);
            parts[trunk] = Math.Min(calls, wanted);
            wanted -= parts[trunk];
            room -= parts[trunk] + left.Values.Sum();
            foreach (var rival in here)
            {
                var gets = left.GetValueOrDefault(rival.Key);
                foreach (var shortage in rival)
                {
                    var part = Math.Min(gets, missing[shortage]);
                    missing[shortage] -= part;
                    gets -= part;
                }
            }
        }
        return parts;
    }

    /// <param name="ofServer">It was the server that had no more places, whatever the trunks had.</param>
    public void Granted(LineRequest request, int granted, bool ofServer, TimeSpan now)
    {
        _shares.Give(request.Campaign, request.Share, granted);
        var key = (request.Campaign, string.Join(' ', request.Trunks.Select(t => t.Value)));
        if (granted < request.Wanted) _short[key] = new(request, request.Wanted - granted, ofServer, now);
        else _short.Remove(key);
    }

    /// <summary>A place was not used.</summary>
    public void TakeBack(CampaignId campaign, int share) => _shares.Give(campaign, share, -1);

    sealed record Shortage(LineRequest Request, int Missing, bool OfServer, TimeSpan At);
}
