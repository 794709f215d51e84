using Carillon.Leads;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>The next leads of a campaign: a few hundred at most, read again from the store as they are used up.</summary>
sealed class LeadBuffer(LeadStore leads, CampaignId campaign)
{
    public const int Capacity = 256;
    const int MaxResting = 1024;

    /// <summary>Leads set aside at most, as each look into the store reads over them. Further ones are put off in the store.</summary>
    public const int MaxAside = 1024;

    /// <summary>The more leads are set aside, the longer each rests: so many come back in a second, find out whether there is room again, and leave the time to those behind them.</summary>
    const int BackPerSecond = Capacity;

    /// <summary>Those in the store come back as many a second, behind those that are set aside; but after this at the latest.</summary>
    public static readonly TimeSpan LongestPutOff = TimeSpan.FromMinutes(15);

    static readonly TimeSpan WakeInterval = TimeSpan.FromSeconds(1);

    /// <summary>Leads of an agent that are looked at, in case that the first ones cannot be called now.</summary>
    const int HeldEach = 5;

    static readonly TimeSpan HoldersAge = TimeSpan.FromSeconds(1);

    /// <summary>How often one filling looks behind leads that had to be put off, so that a whole region at night does not hold up the others.</summary>
    const int MostLooks = 16;

    readonly LinkedList<Lead> _ready = [];
    readonly Dictionary<long, DateTimeOffset> _resting = [];
    readonly HashSet<long> _shown = [];
    readonly Dictionary<long, DateTimeOffset> _aside = [];
    readonly ListShares _shares = new();
    HashSet<AgentId> _holders = [];
    DateTimeOffset _holdersUntil = DateTimeOffset.MinValue;
    OpenColumns _columns;
    DateTimeOffset _emptyUntil = DateTimeOffset.MinValue;
    DateTimeOffset _wokenAt = DateTimeOffset.MinValue;
    DateTimeOffset _putOffUntil = DateTimeOffset.MinValue;

    public int Count => _ready.Count;

    /// <summary>Leads that are due and let others go first.</summary>
    public int Aside => _aside.Count;

    /// <summary>Leads in the order in which they will be dialed.</summary>
    public IEnumerable<Lead> Next => _ready;

    /// <summary>When the next lead is due; null if none has a next time. As of the last look into the store.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>Something about the leads was changed: read them again.</summary>
    public void Clear()
    {
        _ready.Clear();
        _emptyUntil = _holdersUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Sees to it that <paramref name="wanted"/> leads are ready, if the store has so many that are due in an open column.</summary>
    /// <returns>How many leads were put off because no trunk leads to them.</returns>
    public async Task<int> Fill(int wanted, OpenColumns open, LeadOrder order, LeadSieve sieve, DateTimeOffset now)
    {
        if (open != _columns) Clear();
        _columns = open;
        WakeAside(now);
        if (_ready.Count >= wanted || now < _emptyUntil) return 0;
        foreach (var (lead, until) in _resting)
            if (until <= now) _resting.Remove(lead);
        var noWay = 0;
        for (var (look, more) = (0, _aside.Count > 0 || _shown.Count > Capacity ? Capacity : Math.Min(wanted, Capacity)); ; look++, more = Capacity)
        {
            var held = _ready.Select(l => l.Id).ToHashSet();
            var found = await leads.TakeDueAsync(campaign, now, open, more + held.Count + _shown.Count + _resting.Count + _aside.Count, order);
            found.RemoveAll(l => held.Contains(l.Id) || _shown.Contains(l.Id) || _resting.ContainsKey(l.Id) || _aside.ContainsKey(l.Id));
            var (late, noWayOfThese) = await PutOff(found, sieve, now);
            noWay += noWayOfThese;
            Add(found.Where(l => !late.Contains(l.Id)), order, more);
            if (_ready.Count >= wanted || late.Count > 0 && look == MostLooks) return noWay;
            if (late.Count == 0) break;
        }
        NextDue = await leads.NextDueAsync(campaign, open);
        // Nothing more is due: look again when something will be, or after a second in case somebody else changed the leads.
        var next = NextDue is { } due && due > now ? due : now + TimeSpan.FromSeconds(1);
        _emptyUntil = next < now + TimeSpan.FromSeconds(1) ? next : now + TimeSpan.FromSeconds(1);
        return noWay;
    }

    void Add(IEnumerable<Lead> due, LeadOrder order, int wanted)
    {
        var (promised, others) = (new List<Lead>(), new List<Lead>());
        foreach (var lead in due) (IsPromised(lead) ? promised : others).Add(lead);
        foreach (var lead in promised.Take(wanted - _ready.Count)) _ready.AddLast(lead);
        // A list pays for what is taken, so no more than that is asked for.
        foreach (var rank in others.GroupBy(l => l.Rank))
            foreach (var lead in _shares.Take(rank, order.Lists, wanted - _ready.Count)) _ready.AddLast(lead);
    }

    /// <summary>Callbacks, and leads whose agent did not come in time: theirs is the order in which they come, whatever their lists and priorities.</summary>
    static bool IsPromised(Lead lead) => lead.Status == LeadStatus.Callback || lead.Agent is not null;

    /// <summary>For each agent for whom leads are held and due, the one whose turn it is.</summary>
    /// <param name="of">Only these agents; null: all.</param>
    public async Task<Dictionary<AgentId, Lead>> Held(IReadOnlyCollection<AgentId>? of, OpenColumns open, LeadSieve sieve, DateTimeOffset now)
    {
        if (now >= _holdersUntil) (_holders, _holdersUntil) = ([.. await leads.ListHoldersAsync(campaign)], now + HoldersAge);
        var agents = of is null ? _holders : [.. _holders.Intersect(of)];
        if (agents.Count == 0) return [];
        var found = await leads.TakeHeldAsync(campaign, agents, now, open, HeldEach);
        found.RemoveAll(l => _shown.Contains(l.Id) || _resting.TryGetValue(l.Id, out var until) && until > now);
        var late = (await PutOff(found, sieve, now)).Late;
        return found.Where(l => !late.Contains(l.Id)).GroupBy(l => l.Agent!.Value).ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>Puts off those that cannot be dialed now.</summary>
    async Task<(HashSet<long> Late, int NoWay)> PutOff(List<Lead> due, LeadSieve sieve, DateTimeOffset now)
    {
        var (late, noWay) = (await sieve.Sift(due, now), 0);
        foreach (var group in late.GroupBy(l => (l.Until, l.Because)))
        {
            var changed = await leads.PostponeAsync(campaign, [.. group.Select(l => l.Id)], group.Key.Until, group.Key.Because);
            if (group.Key.Because == Leads.PutOff.NoTrunk) noWay += changed;
        }
        return ([.. late.Select(l => l.Id)], noWay);
    }

    /// <summary>Takes out the first ready lead that may be dialed now.</summary>
    public Lead? Take(Func<Lead, bool> may)
    {
        for (var node = _ready.First; node is not null; node = node.Next)
        {
            if (!may(node.Value)) continue;
            _ready.Remove(node);
            return node.Value;
        }
        return null;
    }

    /// <summary>Leads that were taken and not used come first again, in their order.</summary>
    public void PutBack(IEnumerable<Lead> unused)
    {
        foreach (var lead in unused.Reverse()) _ready.AddFirst(lead);
    }

    /// <summary>Makes room for leads behind those that cannot be dialed for a while.</summary>
    /// <returns>How many were set aside.</returns>
    public async Task<int> SetAside(Func<Lead, bool> cannot, DateTimeOffset now)
    {
        var aside = _ready.Where(cannot).ToList();
        if (aside.Count == 0) return 0;
        foreach (var lead in aside) _ready.Remove(lead);
        _emptyUntil = DateTimeOffset.MinValue;
        var near = Math.Min(aside.Count, MaxAside - _aside.Count);
        var until = now + Back(_aside.Count + near);
        foreach (var lead in aside.Take(near)) _aside[lead.Id] = until;
        if (near < aside.Count) await PutOffBehind([.. aside.Skip(near).Select(l => l.Id)], now);
        return aside.Count;
    }

    /// <summary>In the store, so that the next look does not meet them: those behind have their turn however many these are.</summary>
    async Task PutOffBehind(List<long> far, DateTimeOffset now)
    {
        var (soonest, latest) = (now + Back(MaxAside), now + LongestPutOff);
        _putOffUntil = (_putOffUntil > soonest ? _putOffUntil : soonest) + Back(far.Count);
        if (_putOffUntil > latest) _putOffUntil = latest;
        await leads.PostponeAsync(campaign, far, _putOffUntil, Leads.PutOff.NoRoom);
    }

    /// <summary>The time in which so many leads come back.</summary>
    static TimeSpan Back(int leads) => TimeSpan.FromSeconds(1 + leads / BackPerSecond);

    /// <summary>What kept leads from being dialed may be gone: nobody is left aside.</summary>
    public void WakeAside()
    {
        if (_aside.Count > 0) Clear();
        _aside.Clear();
    }

    /// <summary>Those whose rest is over come before all whom they let go first.</summary>
    void WakeAside(DateTimeOffset now)
    {
        if (_aside.Count == 0 || now - _wokenAt < WakeInterval) return;
        _wokenAt = now;
        var over = _aside.Where(a => a.Value <= now).Select(a => a.Key).ToList();
        foreach (var lead in over) _aside.Remove(lead);
        if (over.Count > 0) Clear();
    }

    /// <summary>The lead is no longer shown to anybody.</summary>
    public void Wake(long lead)
    {
        if (_shown.Remove(lead)) _emptyUntil = DateTimeOffset.MinValue;
    }

    /// <summary>An agent looks at the lead. It stays due in the store, and is not for anybody else until <see cref="Wake"/>; there are no more such leads than agents.</summary>
    public void Show(long lead) => _shown.Add(lead);

    /// <summary>Leaves the lead alone for a while, in memory only. Of very many, the last ones come again at once.</summary>
    public void Rest(Lead lead, DateTimeOffset until)
    {
        if (_resting.Count < MaxResting) _resting[lead.Id] = until;
    }
}
