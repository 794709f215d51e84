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
    CallEvidence evidence, TimeSpan inCallRest, DateTimeOffset lastDecision, TimeProvider time, Func<AgentSlot, IReadOnlyCollection<string>, Lead?>? named = null)
{
    /// <summary>How many calls were handed to servers.</summary>
    public int Placed { get; private set; }

    /// <summary>No line was to be had for any of the calls.</summary>
    public bool HadNoLine { get; private set; }

    /// <summary>Servers that had no line left for a call that an agent was free for.</summary>
    public List<ServerId> Full { get; } = [];

    /// <summary>Intents of which the store did not say whether it took them; nothing was ordered for them.</summary>
    public List<AttemptId> InDoubt { get; } = [];

    /// <param name="halted">Becomes true when the campaign was told to stop: nothing is sent then.</param>
    public async Task Run(IReadOnlyList<AgentSlot> slots, Func<bool> halted)
    {
        var places = await TakeLeads(await Reserve(slots));
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

    async Task<List<(AgentSlot Slot, LineGrant Grant)>> Reserve(IReadOnlyList<AgentSlot> slots)
    {
        var lines = new List<(AgentSlot, LineGrant)>();
        await Task.WhenAll(slots.GroupBy(s => s.Server).Select(async group =>
        {
            var wanted = group.ToList();
            var granted = await grains.Server(group.Key).Reserve(campaign, setup.TrunksOn(group.Key), wanted.Count);
            if (granted.Length < wanted.Count) Full.Add(group.Key);
            lines.AddRange(wanted.Zip(granted));
        }));
        HadNoLine = lines.Count == 0;
        return lines;
    }

    async Task<List<Place>> TakeLeads(List<(AgentSlot Slot, LineGrant Grant)> lines)
    {
        var now = time.GetUtcNow();
        var places = new List<Place>(lines.Count);
        var unused = new List<(ServerId Server, LineGrant Grant)>();
        foreach (var (slot, grant) in lines)
        {
            if (setup.Trunks.TryGetValue(grant.Trunk, out var trunk) && (named is null ? buffer.Take(trunk.Prefixes) : named(slot, trunk.Prefixes)) is { } lead)
                places.Add(new(lead, slot, grant, Intent(lead, slot, grant, trunk, now)));
            else unused.Add((slot.Server, grant));
        }
        await Return(unused);
        return places;
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
            if (answer.IsGranted) granted.Add(place);
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
        var begun = places.Where((_, i) => results[i] == BeginResult.Begun).ToList();
        var refused = places.Where((_, i) => results[i] != BeginResult.Begun).ToList();
        foreach (var (place, result) in places.Zip(results))
        {
            // Put on a do-not-call list in this moment, or without telling the subscriber: asked again, it knows which one and for how long.
            if (result is BeginResult.DoNotCall or BeginResult.NumberInCall) await Refused(place.Lead, new(ReserveRefusal.InCall));
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
