using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>The next leads of a campaign: a few hundred at most, read again from the store as they are used up.</summary>
sealed class LeadBuffer(LeadStore leads, CampaignId campaign)
{
    public const int Capacity = 256;
    const int MaxResting = 1024;

    /// <summary>How often one filling looks behind leads that had to be put off, so that a whole region at night does not hold up the others.</summary>
    const int MostLooks = 16;

    readonly LinkedList<Lead> _ready = [];
    readonly Dictionary<long, DateTimeOffset> _resting = [];
    OpenColumns _columns;
    DateTimeOffset _emptyUntil = DateTimeOffset.MinValue;

    public int Count => _ready.Count;

    /// <summary>When the next lead is due; null if none has a next time. As of the last look into the store.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>Something about the leads was changed: read them again.</summary>
    public void Clear()
    {
        _ready.Clear();
        _emptyUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Sees to it that <paramref name="wanted"/> leads are ready, if the store has so many that are due in an open column.</summary>
    /// <returns>How many leads were put off because no trunk leads to them.</returns>
    public async Task<int> Fill(int wanted, OpenColumns open, LeadSieve sieve, DateTimeOffset now)
    {
        if (open != _columns) Clear();
        _columns = open;
        if (_ready.Count >= wanted || now < _emptyUntil) return 0;
        foreach (var (lead, until) in _resting)
            if (until <= now) _resting.Remove(lead);
        var noWay = 0;
        for (var (look, more) = (0, Math.Min(wanted, Capacity)); ; look++, more = Capacity)
        {
            var held = _ready.Select(l => l.Id).ToHashSet();
            var found = await leads.TakeDueAsync(campaign, now, open, more + held.Count + _resting.Count);
            found.RemoveAll(l => held.Contains(l.Id) || _resting.ContainsKey(l.Id));
            var late = await sieve.Sift(found, now);
            var lateIds = late.Select(l => l.Id).ToHashSet();
            foreach (var lead in found.Where(l => !lateIds.Contains(l.Id)).Take(Capacity - _ready.Count)) _ready.AddLast(lead);
            foreach (var group in late.GroupBy(l => (l.Until, l.Because)))
            {
                var changed = await leads.PostponeAsync(campaign, [.. group.Select(l => l.Id)], group.Key.Until, group.Key.Because);
                if (group.Key.Because == PutOff.NoTrunk) noWay += changed;
            }
            if (_ready.Count >= wanted || late.Count > 0 && look == MostLooks) return noWay;
            if (late.Count == 0) break;
        }
        NextDue = await leads.NextDueAsync(campaign, open);
        // Nothing more is due: look again when something will be, or after a second in case somebody else changed the leads.
        var next = NextDue is { } due && due > now ? due : now + TimeSpan.FromSeconds(1);
        _emptyUntil = next < now + TimeSpan.FromSeconds(1) ? next : now + TimeSpan.FromSeconds(1);
        return noWay;
    }

    /// <summary>Takes out the first ready lead that may go by the trunk whose prefixes are given.</summary>
    public Lead? Take(IReadOnlyCollection<string> prefixes)
    {
        for (var node = _ready.First; node is not null; node = node.Next)
        {
            if (prefixes.Count > 0 && !prefixes.Any(p => node.Value.NextNumber.Value.StartsWith(p, StringComparison.Ordinal))) continue;
            _ready.Remove(node);
            return node.Value;
        }
        return null;
    }

    /// <summary>Leaves the lead alone for a while, in memory only.</summary>
    public void Rest(Lead lead, DateTimeOffset until)
    {
        if (_resting.Count < MaxResting) _resting[lead.Id] = until;
    }
}
