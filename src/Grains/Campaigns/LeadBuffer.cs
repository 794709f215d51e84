using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>The next leads of a campaign: a few hundred at most, read again from the store as they are used up.</summary>
sealed class LeadBuffer(LeadStore leads, CampaignId campaign)
{
    public const int Capacity = 256;
    const int MaxResting = 1024;

    /// <summary>How long a lead is put off to which no trunk leads: somebody has to change a trunk or the list first.</summary>
    public static readonly TimeSpan NoWayRest = TimeSpan.FromMinutes(15);

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
    public async Task<int> Fill(int wanted, OpenColumns open, Func<PhoneNumber, bool> hasWayTo, DateTimeOffset now)
    {
        if (open != _columns) Clear();
        _columns = open;
        if (_ready.Count >= wanted || now < _emptyUntil) return 0;
        foreach (var (lead, until) in _resting)
            if (until <= now) _resting.Remove(lead);
        var held = _ready.Select(l => l.Id).ToHashSet();
        var noWay = new List<long>();
        foreach (var lead in await leads.TakeDueAsync(campaign, now, open, Math.Min(wanted, Capacity) + held.Count + _resting.Count))
        {
            if (held.Contains(lead.Id) || _resting.ContainsKey(lead.Id)) continue;
            if (!hasWayTo(lead.NextNumber)) noWay.Add(lead.Id);
            else if (_ready.Count < Capacity) _ready.AddLast(lead);
        }
        if (noWay.Count > 0) return await leads.PostponeAsync(campaign, noWay, now + NoWayRest);
        if (_ready.Count >= wanted) return 0;
        NextDue = await leads.NextDueAsync(campaign, open);
        // Nothing more is due: look again when something will be, or after a second in case somebody else changed the leads.
        var next = NextDue is { } due && due > now ? due : now + TimeSpan.FromSeconds(1);
        _emptyUntil = next < now + TimeSpan.FromSeconds(1) ? next : now + TimeSpan.FromSeconds(1);
        return 0;
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
