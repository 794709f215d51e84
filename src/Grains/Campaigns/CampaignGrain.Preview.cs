using Carillon.Agents;
using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Storage;
using Orleans.Runtime;

namespace Carillon.Campaigns;

/// <summary>
/// Preview: a lead is shown to a free agent who asks, and dialed agent-first to that very agent when they say so, or by itself when the time is up. An
/// agent who is shown a lead is reserved by name in the queue, so that no other call takes them.
/// </summary>
sealed partial class CampaignGrain
{
    readonly PreviewBook _preview = new(options.Value.PreviewAway);
    bool _offersAreRead;

    public Task<Preview> GetPreview(AgentId agent)
    {
        if (_status != CampaignStatus.Running) return Task.FromResult(new Preview { Why = Why });
        if (_setup is not { Campaign.Mode: PacingMode.Preview }) return Task.FromResult(new Preview { Why = "The campaign does not show its leads before they are called." });
        _preview.Asks(agent, time.GetUtcNow());
        if (_preview.Of(agent) is { } offer) return Task.FromResult(new Preview { Lead = offer.Lead, DialAt = offer.DialAt });
        DecideSoon();
        return Task.FromResult(new Preview { Why = _flights.Reserved.Contains(agent) ? "A call is on its way to you." : Why });
    }

    public async Task<PreviewResult> DialPreview(AgentId agent, long lead)
    {
        if (Refusal(agent, lead) is { } refusal) return new(refusal);
        var dialing = DialOffer(_setup!, _preview.Of(agent)!, time.GetUtcNow());
        // Stop waits for it, as for a round.
        _round = dialing;
        return new(await dialing);
    }

    public async Task<PreviewResult> SkipPreview(AgentId agent, long lead, string reason)
    {
        if (Refusal(agent, lead) is { } refusal) return new(refusal);
        var config = _setup!.Campaign.Preview;
        await offers.SkipAsync(lead, time.GetUtcNow() + config.SkipRest, config.MostSkips, reason);
        _preview.Remove(agent);
        _buffer.Wake(lead);
        DecideSoon();
        return PreviewResult.Done;
    }

    string? Refusal(AgentId agent, long lead)
    {
        if (_status != CampaignStatus.Running || _setup is null) return "The campaign is not running.";
        return _preview.Of(agent)?.Lead.Id == lead ? null : "This lead is not shown to you (any more).";
    }

    async Task RoundOfPreview(CampaignSetup setup, OpenColumns open, DateTimeOffset now)
    {
        await ReadOffers(now);
        await TakeBack(_preview.Leave(now));
        // Nobody is kept for a lead that may not be called before the schedule opens again.
        await TakeBack([.. _preview.Offers.Where(o => !open.Has(o.Lead))]);
        await OfferMore(setup, open, now);
        foreach (var offer in _preview.Offers.Where(o => o.DialAt <= now).ToList())
            if (_status == CampaignStatus.Running) await DialOffer(setup, offer, now);
        if (_preview.Offers.Count == 0 && open != OpenColumns.None && _buffer.Count == 0 && _flights.Count == 0 && await IsThrough()) _finished = CampaignStatus.Finished;
    }

    async Task ReadOffers(DateTimeOffset now)
    {
        if (_offersAreRead) return;
        foreach (var offer in await offers.ListAsync(Id))
        {
            if (_preview.Adopt(offer, now)) _buffer.Show(offer.Lead.Id);
            else await offers.RemoveAsync([offer.Lead.Id]);
        }
        _offersAreRead = true;
    }

    async Task OfferMore(CampaignSetup setup, OpenColumns open, DateTimeOffset now)
    {
        var waiting = _preview.Waiting;
        var wanted = open == OpenColumns.None ? 0 : Math.Clamp(setup.Campaign.Channels - _flights.Count - _preview.Offers.Count, 0, waiting.Length);
        var held = new Dictionary<AgentId, Lead>();
        if (wanted > 0)
        {
            var sieve = new LeadSieve(Id, setup, subscribers);
            await _buffer.Fill(wanted, open, setup.Campaign.Order, sieve, now);
            held = await _buffer.Held(waiting, open, sieve, now);
        }
        var grant = await Ask(setup, Claim(setup, _buffer.Count + held.Count == 0 ? 0 : wanted, now) with
        {
            Agents = waiting,
            Reserved = [.. _flights.Reserved.Union(_preview.Offered)],
        });
        await TakeBackFromBusy(setup);
        foreach (var slot in grant.Slots)
            if ((held.GetValueOrDefault(slot.Agent) ?? _buffer.Take(_ => true)) is { } lead) await Show(setup, lead, slot, now);
        var (why, limit) = open == OpenColumns.None ? (Closed(setup, now), LimitingFactor.Schedule)
            : waiting.Length > 0 && wanted == 0 ? ($"All {setup.Campaign.Channels} channels of the campaign are in use.", LimitingFactor.Channels)
            : waiting.Length > 0 && _preview.Offers.Count == 0 && _buffer.Count == 0 ? ("No lead is due now.", LimitingFactor.Leads)
            : ($"{_preview.Offers.Count} agents look at leads, {_preview.Waiting.Length} wait for one.", LimitingFactor.FreeAgents);
        Say(why, limit.ToString());
    }

    async Task Show(CampaignSetup setup, Lead lead, AgentSlot slot, DateTimeOffset now)
    {
        var offer = new LeadOffer(lead, slot.Agent, slot.Server, slot.Interface, now, now + setup.Campaign.Preview.DialAfter);
        _buffer.Show(lead.Id);
        if (await offers.AddAsync(offer)) _preview.Offer(offer);
        else _buffer.Wake(lead.Id);
    }

    /// <summary>Who was paused, or took another call, does not look at the lead any more.</summary>
    async Task TakeBackFromBusy(CampaignSetup setup)
    {
        if (_preview.Offers.Count == 0) return;
        var free = (await GrainFactory.Queue(setup.Campaign.Queue!.Value).GetSnapshot()).Agents
            .Where(a => a is { Status: AgentStatus.Available, State: AgentState.Idle }).Select(a => a.Agent).ToHashSet();
        await TakeBack([.. _preview.Offers.Where(o => !free.Contains(o.Agent))]);
    }

    async Task TakeBack(IReadOnlyCollection<LeadOffer> taken)
    {
        await offers.RemoveAsync([.. taken.Select(o => o.Lead.Id)]);
        foreach (var offer in taken)
        {
            _preview.Remove(offer.Agent);
            _buffer.Wake(offer.Lead.Id);
        }
    }

    /// <returns>Why it was not dialed; null: it was. A lead for which no line was free stays shown, and is tried again.</returns>
    async Task<string?> DialOffer(CampaignSetup setup, LeadOffer offer, DateTimeOffset now)
    {
        if (!setup.Open(now).Has(offer.Lead)) return $"The schedule '{setup.Schedule.Name}' is closed.";
        if (Room(setup) == 0) return "The campaign may not start another call in this moment; it is tried again.";
        var round = NewRound(setup, named: _ => offer.Lead);
        await Run(round, [new(offer.Server, offer.Agent, offer.Interface, offer.OfferedAt)]);
        if (round.Placed == 0 && round.HadNoLine) return "No line is free now; it is tried again.";
        await TakeBack([offer]);
        return round.Placed == 1 ? null : "The lead cannot be called now.";
    }
}
