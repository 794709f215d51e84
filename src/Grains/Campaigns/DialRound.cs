using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Subscribers;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>
/// Places the calls of one decision, in the order that the promises ask for: a line on a server, a yes of the subscriber, the intent in the store, and only
/// then the order to the server. Whatever is refused on the way gives back what it had taken.
/// </summary>
/// <param name="named">
/// Takes the lead that is for a slot's agent: the call then rings that agent first, whatever the campaign does otherwise. Null: the next one that is ready.
/// </param>
sealed class DialRound(
    CampaignId campaign, CampaignSetup setup, LeadBuffer buffer, FlightBook flights, IGrainFactory grains, AttemptStore attempts, LeadStore leads,
    CallEvidence evidence, TimeSpan inCallRest, DateTimeOffset lastDecision, TimeProvider time, Func<AgentSlot, Lead?>? named = null)
{
    /// <summary>How many calls were handed to servers.</summary>
    public int Placed { get; private set; }

    /// <summary>No line was to be had for any of the calls.</summary>
    public bool HadNoLine { get; private set; }

    /// <summary>Servers with a slot that no lead could use.</summary>
    public HashSet<ServerId> Unserved { get; } = [];

    /// <summary>Those of them that had no line left.</summary>
    public IEnumerable<ServerId> Full => Unserved.Where(server => setup.Trunks.All(t => t.Value.Server != server || _full.Contains(t.Key)));

    /// <summary>Servers that did not say what lines they have.</summary>
    public Dictionary<ServerId, Exception> Silent { get; } = [];

    readonly HashSet<TrunkId> _full = [];
    readonly HashSet<ServerId> _asked = [];
    readonly Dictionary<(ServerId, long), ImmutableArray<ImmutableArray<TrunkId>>> _routes = [];

    /// <summary>Whether more calls might have gone by this trunk, had there been more slots on its server.</summary>
    public bool HadRoom(KeyValuePair<TrunkId, TrunkConfig> trunk) => _asked.Contains(trunk.Value.Server) && !Unserved.Contains(trunk.Value.Server) && !_full.Contains(trunk.Key);

    /// <summary>See <see cref="AttemptIntent.CampaignEpoch"/>.</summary>
    public long? Epoch { get; init; }

    /// <summary>Another activation has the campaign now.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Intents of which the store did not say whether it took them; nothing was ordered for them.</summary>
    public List<AttemptId> InDoubt { get; } = [];

    /// <param name="halted">Becomes true when the campaign was told to stop: nothing is sent then.</param>
    public async Task Run(IReadOnlyList<AgentSlot> slots, Func<bool> halted)
    {
        var places = new List<Place>(slots.Count);
        await Task.WhenAll(slots.GroupBy(s => s.Server).Select(async group => places.AddRange(await FindLines(group.Key, [.. group]))));
        HadNoLine = places.Count == 0 && _full.Count > 0;
        places = await AskSubscribers(places);
        places = await WriteIntents(places);
        if (places.Count == 0) return;
        if (halted())
        {
            await Withdraw(places, "the campaign stopped before the call was placed");
            return;
        }
        await Order(places);
    }

    /// <summary>
    /// Takes for each slot the next lead that one of the server's trunks has a line for. Those for whom there is none are put back, and the slot goes to the next one
    /// who may go by another trunk.
    /// </summary>
    async Task<List<Place>> FindLines(ServerId server, List<AgentSlot> slots)
    {
        _asked.Add(server);
        var places = new List<Place>(slots.Count);
        var (left, taken) = (new Queue<AgentSlot>(slots), new List<Lead>());
        try
        {
            while (TakeLeads(server, left) is { Count: > 0 } calls)
            {
                taken.AddRange(calls.Select(c => c.Lead));
                foreach (var group in calls.GroupBy(c => string.Join('\n', Routes(server, c.Lead).Select(t => string.Join(' ', t)))))
                {
                    var waiting = new Queue<(AgentSlot Slot, Lead Lead)>(group);
                    await Reserve(server, Routes(server, waiting.Peek().Lead), waiting, places);
                    if (named is null) foreach (var (slot, _) in waiting) left.Enqueue(slot);
                }
            }
        }
        catch (Exception e)
        {
            // The others go on. What this one grants later lapses before anybody could use it.
            Silent[server] = e;
        }
        var placed = places.Select(p => p.Lead.Id).ToHashSet();
        if (named is null) buffer.PutBack(taken.Where(l => !placed.Contains(l.Id)));
        if (left.Count > 0 || Silent.ContainsKey(server)) Unserved.Add(server);
        return places;
    }

    List<(AgentSlot Slot, Lead Lead)> TakeLeads(ServerId server, Queue<AgentSlot> slots)
    {
        var calls = new List<(AgentSlot, Lead)>(slots.Count);
        while (slots.TryPeek(out var slot))
        {
            if ((named is null ? buffer.Take(HasLine) : named(slot) is { } lead && HasLine(lead) ? lead : null) is { } taken) calls.Add((slot, taken));
            else if (named is null) break;
            slots.Dequeue();
        }
        return calls;

        bool HasLine(Lead lead) => Routes(server, lead).Any(t => t.Any(trunk => !_full.Contains(trunk)));
    }

    ImmutableArray<ImmutableArray<TrunkId>> Routes(ServerId server, Lead lead)
    {
        if (!_routes.TryGetValue((server, lead.Id), out var routes)) _routes[(server, lead.Id)] = routes = setup.Routes(server, lead.NextNumber);
        return routes;
    }

    /// <summary>The best fitting trunks first, then those that fit less. Whoever gets a line leaves the queue.</summary>
    async Task Reserve(ServerId server, ImmutableArray<ImmutableArray<TrunkId>> routes, Queue<(AgentSlot Slot, Lead Lead)> waiting, List<Place> places)
    {
        foreach (var trunks in routes)
        {
            if (waiting.Count == 0) return;
            var granted = await grains.Server(server).Reserve(campaign, setup.Campaign.Traffic.Share, trunks, waiting.Count).WaitAsync(LineBook.GrantLifetime, time);
            if (granted.Length < waiting.Count) _full.UnionWith(trunks);
            var now = time.GetUtcNow();
            foreach (var grant in granted)
            {
                var (slot, lead) = waiting.Dequeue();
                places.Add(new(lead, slot, grant, Intent(lead, slot, grant, setup.Trunks[grant.Trunk], now)));
            }
        }
    }

    AttemptIntent Intent(Lead lead, AgentSlot slot, LineGrant grant, TrunkConfig trunk, DateTimeOffset now) => new()
    {
        Id = AttemptId.New(now),
        Campaign = campaign,
        LeadId = lead.Id,
        Number = lead.NextNumber,
        Server = slot.Server,
        Trunk = grant.Trunk,
        Queue = setup.IsAgentless ? null : setup.Campaign.Queue,
        CallerId = setup.Campaign.CallerId ?? trunk.CallerId,
        At = now,
        AttemptNumber = lead.Attempts + 1,
        AttemptsSinceAnswer = lead.AttemptsSinceAnswer,
        For = named is null ? null : slot.Agent,
        ServerEpoch = grant.Epoch,
        CampaignEpoch = Epoch,
    };

    async Task<List<Place>> AskSubscribers(List<Place> places)
    {
        var now = time.GetUtcNow();
        var (closes, closesForAnswered) = (setup.Times.NextClosing(hasAnswered: false, now), setup.Times.NextClosing(hasAnswered: true, now));
        ReserveResult[] answers;
        try
        {
            answers = await Task.WhenAll(places.Select(p => grains.Subscriber(p.Intent.Number).Reserve(
                p.Intent.Id, campaign, setup.Contact.TermsOf(p.Lead, p.Lead.HasAnswered ? closesForAnswered : closes, now))));
        }
        catch
        {
            await GiveBack(places);
            throw;
        }
        var granted = new List<Place>(places.Count);
        var refused = new List<Place>();
        foreach (var (place, answer) in places.Zip(answers))
        {
            if (answer.IsGranted) granted.Add(place with { Intent = place.Intent with { Seen = answer.Seen } });
            else
            {
                refused.Add(place);
                await Refused(place.Lead, answer);
            }
        }
        await Return(refused.Select(p => (p.Slot.Server, p.Grant)));
        return granted;
    }

    async Task<List<Place>> WriteIntents(List<Place> places)
    {
        if (places.Count == 0) return places;
        ImmutableArray<BeginResult> results;
        try
        {
            results = await attempts.BeginAsync([.. places.Select(p => p.Intent)]);
        }
        catch
        {
            InDoubt.AddRange(places.Select(p => p.Intent.Id));
            await GiveBack(places);
            throw;
        }
        IsStale |= results.Contains(BeginResult.CampaignMoved);
        var begun = places.Where((_, i) => results[i] == BeginResult.Begun).ToList();
        var refused = places.Where((_, i) => results[i] != BeginResult.Begun).ToList();
        foreach (var (place, result) in places.Zip(results))
        {
            // Called, or put on a do-not-call list, in this moment, or without telling the subscriber: asked again, it knows of it, and for how long.
            if (result is BeginResult.DoNotCall or BeginResult.NumberInCall or BeginResult.NumberCalled) await Refused(place.Lead, new(ReserveRefusal.InCall));
        }
        await GiveBack(refused);
        foreach (var place in begun) flights.Place(place.Intent, setup.PicksAgents ? place.Slot.Agent : place.Intent.For, evidence.Chance(place.Intent), named is not null || setup.Campaign.AgentFirst);
        return begun;
    }

    async Task Order(List<Place> places)
    {
        try
        {
            await Task.WhenAll(places.Select(p => grains.Call(p.Intent.Id).Track(p.Intent, setup.Rules)));
        }
        catch
        {
            // Nothing was ordered yet, so nobody was dialed.
            await Withdraw(places, "a part of the cluster did not answer");
            throw;
        }
        await Task.WhenAll(places.GroupBy(p => p.Slot.Server).Select(async group =>
        {
            // Should this fail, it is unknown what was placed: the server's check of open attempts finds out.
            var refusals = await grains.Server(group.Key).Originate([.. group.Select(Order)]);
            var refused = refusals.ToDictionary(r => r.Attempt, r => r.Why);
            Placed += group.Count() - refused.Count;
            if (refused.Count == 0) return;
            await Withdraw([.. group.Where(p => refused.ContainsKey(p.Intent.Id))], refusals[0].Why);
            await Task.WhenAll(refused.Keys.Select(id => grains.Call(id).Withdrawn()));
        }));
    }

    OriginateOrder Order(Place place) => new()
    {
        Grant = place.Grant,
        Intent = place.Intent,
        RingTimeout = setup.Campaign.RingTimeout,
        // Who is rung first hears by themselves whether a machine answers.
        Plan = named is null ? setup.Plan : setup.Plan with { Detection = null },
        Country = setup.Campaign.Country,
        AgentChannel = named is not null ? place.Slot.Interface : setup.Campaign.AgentFirst ? setup.Queue?.AgentFirstChannel ?? place.Slot.Interface : null,
        Agent = setup.PicksAgents ? place.Slot.Agent : place.Intent.For,
        // Who was free before the last decision was waiting for something else than us.
        AgentFreeSince = place.Slot.FreeSince > lastDecision ? place.Slot.FreeSince : null,
    };

    async Task Withdraw(List<Place> places, string why)
    {
        await attempts.WithdrawAsync([.. places.Select(p => p.Intent.Id)], time.GetUtcNow(), why);
        foreach (var place in places) flights.Withdraw(place.Intent.Id);
        await GiveBack(places);
    }

    async Task GiveBack(List<Place> places)
    {
        await Task.WhenAll(places.Select(p => grains.Subscriber(p.Intent.Number).Release(p.Intent.Id)));
        await Return(places.Select(p => (p.Slot.Server, p.Grant)));
    }

    Task Return(IEnumerable<(ServerId Server, LineGrant Grant)> grants) =>
        Task.WhenAll(grants.GroupBy(g => g.Server).Select(g => grains.Server(g.Key).Return([.. g.Select(p => p.Grant)])));

    async Task Refused(Lead lead, ReserveResult answer)
    {
        if (SiftedLead.Of(lead, answer) is { } late) await leads.PostponeAsync(campaign, [late.Id], late.Until, late.Because);
        else if (answer.Refusal == ReserveRefusal.DoNotCall) await leads.SkipNumberAsync(campaign, lead.Id, lead.NextNumber, "the number is on a do-not-call list");
        else buffer.Rest(lead, time.GetUtcNow() + inCallRest);
    }

    sealed record Place(Lead Lead, AgentSlot Slot, LineGrant Grant, AttemptIntent Intent);
}
