using System.Collections.Immutable;
using System.Globalization;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Leads;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Leads;

/// <param name="Number">As people of the campaign's country write it, or international with plus.</param>
/// <param name="Data">What else is known of the lead.</param>
/// <param name="OtherNumbers">Further numbers of the same person, at most 9; the campaign's retry rules say when they are called.</param>
/// <param name="Place">When its turn is.</param>
/// <param name="DialAt">Not to be called before; at most a year ahead.</param>
sealed record LeadToAdd(
    string Number, ImmutableDictionary<string, string>? Data = null, ImmutableArray<string>? OtherNumbers = null, LeadPlace? Place = null, DateTimeOffset? DialAt = null);

/// <summary>Leads by id or by number, of one campaign; at most 10,000 of each.</summary>
sealed record Exclusion(string Reason, ImmutableArray<long>? Ids = null, ImmutableArray<string>? Numbers = null);

sealed record Excluded(int Count);

/// <param name="At">When to call; null: as soon as an agent is free. At most a year ahead.</param>
sealed record CallbackRequest(DateTimeOffset? At = null);

sealed record LeadPage(IReadOnlyList<Lead> Items, string? Next);

/// <summary>What people do with the leads of a campaign that is theirs. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class LeadDesk(ConfigDesk<CampaignConfig> campaigns, LeadStore leads, IGrainFactory grains, AuditLog audit, TimeProvider time)
{
    const int MaxExcluded = 10_000;

    /// <param name="filter">Its <see cref="LeadFilter.Limit"/> is the size of the page.</param>
    /// <param name="cursor">The <see cref="LeadPage.Next"/> of the page before; null: the first page.</param>
    public async Task<LeadPage> List(Caller caller, string id, LeadFilter filter, string? cursor, CancellationToken cancel)
    {
        var after = Paging.Number(cursor);
        filter = filter.IsByNumber ? filter with { AfterNumber = after is null ? null : "+" + cursor } : filter with { After = after ?? 0 };
        var campaign = await campaigns.Get(caller, id, cancel);
        var found = await leads.ListAsync(new(campaign.Id), filter, cancel);
        // Of a number the digits, because a plus that is not encoded reads as a blank in an address.
        return new(found, found.Count < filter.Limit ? null : filter.IsByNumber ? found[^1].Number.Digits : Text(found[^1].Id));
    }

    public async Task<Lead> Get(Caller caller, string id, long lead, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var found = await leads.GetAsync(lead, cancel);
        return found?.Campaign.Value == campaign.Id ? found : throw NotFound(lead);
    }

    /// <summary>Why it was not dialed yet.</summary>
    public async Task<LeadWhy> Why(Caller caller, string id, long lead, CancellationToken cancel) =>
        await Grain(await campaigns.Get(caller, id, cancel)).WhyNot(lead) ?? throw NotFound(lead);

    public async Task<Lead> Add(Caller caller, string id, LeadToAdd body, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var errors = new FieldErrors();
        var number = Numbers.Read(body.Number, campaign.Config.Country, "number", errors);
        var texts = body.OtherNumbers ?? [];
        errors.AddIf(texts.Length > Lead.MostOtherNumbers, "otherNumbers", $"A lead has at most {Lead.MostOtherNumbers} numbers beside its main one.");
        var others = texts.Select((text, i) => Numbers.Read(text, campaign.Config.Country, $"otherNumbers[{i}]", errors)).Where(n => n != number).Distinct().ToImmutableArray();
        errors.AddIf(body.DialAt > time.GetUtcNow().AddYears(1), "dialAt", "The time is more than a year ahead.");
        foreach (var problem in LeadOrderValidation.Validate(body.Place ?? LeadPlace.Default)) errors.Add("place." + problem.Field, problem.Text);
        errors.ThrowIfAny();
        var lead = await leads.AddAsync(new(campaign.Id), number, body.Data, others, body.Place, body.DialAt?.ToUniversalTime(), cancel)
            ?? throw Refusal.Conflict($"The campaign has the number {number} already.", "number");
        await Grain(campaign).LeadsChanged();
        await audit.Done(caller, "add-lead", "campaign", campaign.Id, new { lead = lead.Id });
        return lead;
    }

    public async Task<Lead> CallBack(Caller caller, string id, long lead, CallbackRequest body, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var now = time.GetUtcNow();
        var at = body.At ?? now;
        if (at > now.AddYears(1)) throw Refusal.Invalid("at", "The time is more than a year ahead.");
        var key = new CampaignId(campaign.Id);
        var done = await leads.CallBackAsync(key, lead, at > now ? at : now, cancel);
        var found = await leads.GetAsync(lead, cancel);
        if (found?.Campaign != key) throw NotFound(lead);
        if (!done) throw Refusal.Conflict(found.Status == LeadStatus.Dialing ? "The lead is being called now." : $"The lead is {found.Status}: {found.ExcludedBecause}.", "lead");
        await Grain(campaign).LeadsChanged();
        await audit.Done(caller, "callback-lead", "campaign", campaign.Id, new { lead, at });
        return found;
    }

    public async Task<Lead> SetPlace(Caller caller, string id, long lead, LeadPlace body, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var errors = new FieldErrors();
        foreach (var problem in LeadOrderValidation.Validate(body)) errors.Add(problem.Field, problem.Text);
        errors.ThrowIfAny();
        var found = await leads.SetPlaceAsync(new(campaign.Id), lead, body, cancel) ?? throw NotFound(lead);
        await Grain(campaign).LeadsChanged();
        await audit.Done(caller, "place-lead", "campaign", campaign.Id, new { lead, place = body });
        return found;
    }

    /// <returns>How many leads that is.</returns>
    public async Task<int> Exclude(Caller caller, string id, Exclusion body, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        var (ids, texts) = (body.Ids ?? [], body.Numbers ?? []);
        var errors = new FieldErrors();
        errors.Text(body.Reason, "reason", 200);
        errors.AddIf(ids.Length + texts.Length == 0, "ids", "Name leads by ids or by numbers.");
        errors.AddIf(ids.Length > MaxExcluded, "ids", $"At most {MaxExcluded} at once.").AddIf(texts.Length > MaxExcluded, "numbers", $"At most {MaxExcluded} at once.");
        var numbers = texts.Select((text, i) => Numbers.Read(text, campaign.Config.Country, $"numbers[{i}]", errors)).ToList();
        errors.ThrowIfAny();

        var key = new CampaignId(campaign.Id);
        var count = ids.IsEmpty ? 0 : await leads.ExcludeAsync(key, ids, body.Reason, cancel);
        if (numbers.Count > 0) count += await leads.ExcludeNumbersAsync(numbers, key, body.Reason, cancel);
        if (count > 0) await Grain(campaign).LeadsChanged();
        await audit.Done(caller, "exclude-leads", "campaign", campaign.Id, new { body.Reason, count });
        return count;
    }

    ICampaignGrain Grain(Stored<CampaignConfig> campaign) => grains.Campaign(new(campaign.Id));

    static Refusal NotFound(long lead) => Refusal.NotFound("lead", Text(lead));

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
