using System.Collections.Immutable;
using System.Globalization;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
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
sealed record Exclusion(string Reason, ImmutableArray<long> Ids, ImmutableArray<string> Numbers);

sealed record Excluded(int Count);

/// <param name="At">When to call; null: as soon as an agent is free. At most a year ahead.</param>
sealed record CallbackRequest(DateTimeOffset? At = null);

sealed record LeadPage(IReadOnlyList<Lead> Items, string? Next);

static class LeadsApi
{
    const int MaxExcluded = 10_000;

    public static void MapLeads(this RouteGroupBuilder api)
    {
        var leads = api.MapGroup("/campaigns/{id}/leads").WithTags("Leads");
        leads.MapGet("/", List).For(Role.Supervisor).WithSummary("Leads of the campaign, by id").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapGet("/{lead:long}", Get).For(Role.Supervisor).WithSummary("One lead").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapGet("/{lead:long}/why", Why).For(Role.Supervisor).WithSummary("Why this lead was not dialed yet").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapPost("/", Add).For(Role.Supervisor).WithSummary("Add one number")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        leads.MapPost("/{lead:long}/callback", CallBack).For(Role.Supervisor).WithSummary("Call this lead (again) at a time, before all others that are due")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        leads.MapPut("/{lead:long}/place", SetPlace).For(Role.Supervisor).WithSummary("Priority, call order, chance, agent and list of a lead").ProducesProblem(StatusCodes.Status404NotFound);
        leads.MapPost("/exclude", Exclude).For(Role.Supervisor).WithSummary("Dial these leads no more").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <param name="status">One or several statuses.</param>
    /// <param name="number">The beginning of the number, international.</param>
    static async Task<Ok<LeadPage>> List(
        string id, string[]? status, string? number, string? cursor, int? limit,
        Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules, LeadStore leads, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var size = Paging.Limit(limit);
        var found = await leads.ListAsync(new(campaign.Id), new()
        {
            Statuses = [.. (status ?? []).Select(Status)],
            // In an address a plus that is not encoded reads as a blank.
            NumberPrefix = string.IsNullOrWhiteSpace(number) ? null : "+" + number.Trim().TrimStart('+'),
            After = Paging.Number(cursor) ?? 0,
            Limit = size,
        }, cancel);
        return TypedResults.Ok(new LeadPage(found, found.Count == size ? found[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    static async Task<Ok<Lead>> Get(
        string id, long lead, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules, LeadStore leads, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var found = await leads.GetAsync(lead, cancel);
        return found?.Campaign.Value == campaign.Id ? TypedResults.Ok(found) : throw Refusal.NotFound("lead", lead.ToString(CultureInfo.InvariantCulture));
    }

    static async Task<Ok<LeadWhy>> Why(
        string id, long lead, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules, IGrainFactory grains, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        return TypedResults.Ok(await grains.Campaign(new(campaign.Id)).WhyNot(lead) ?? throw Refusal.NotFound("lead", lead.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<Created<Lead>> Add(
        string id, LeadToAdd body, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules,
        LeadStore leads, IGrainFactory grains, AuditLog audit, TimeProvider time, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
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
        await grains.Campaign(new(campaign.Id)).LeadsChanged();
        await audit.Done(caller, "add-lead", "campaign", campaign.Id, new { lead = lead.Id });
        return TypedResults.Created($"/api/v1/campaigns/{campaign.Id}/leads/{lead.Id}", lead);
    }

    static async Task<Ok<Lead>> CallBack(
        string id, long lead, CallbackRequest body, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules,
        LeadStore leads, IGrainFactory grains, AuditLog audit, TimeProvider time, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var now = time.GetUtcNow();
        var at = body.At ?? now;
        if (at > now.AddYears(1)) throw Refusal.Invalid("at", "The time is more than a year ahead.");
        var key = new CampaignId(campaign.Id);
        var done = await leads.CallBackAsync(key, lead, at > now ? at : now, cancel);
        var found = await leads.GetAsync(lead, cancel);
        if (found?.Campaign != key) throw Refusal.NotFound("lead", lead.ToString(CultureInfo.InvariantCulture));
        if (!done) throw Refusal.Conflict(found.Status == LeadStatus.Dialing ? "The lead is being called now." : $"The lead is {found.Status}: {found.ExcludedBecause}.", "lead");
        await grains.Campaign(key).LeadsChanged();
        await audit.Done(caller, "callback-lead", "campaign", campaign.Id, new { lead, at });
        return TypedResults.Ok(found);
    }

    static async Task<Ok<Lead>> SetPlace(
        string id, long lead, LeadPlace body, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules,
        LeadStore leads, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var errors = new FieldErrors();
        foreach (var problem in LeadOrderValidation.Validate(body)) errors.Add(problem.Field, problem.Text);
        errors.ThrowIfAny();
        var found = await leads.SetPlaceAsync(new(campaign.Id), lead, body, cancel) ?? throw Refusal.NotFound("lead", lead.ToString(CultureInfo.InvariantCulture));
        await grains.Campaign(new(campaign.Id)).LeadsChanged();
        await audit.Done(caller, "place-lead", "campaign", campaign.Id, new { lead, place = body });
        return TypedResults.Ok(found);
    }

    static async Task<Ok<Excluded>> Exclude(
        string id, Exclusion body, Caller caller, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules,
        LeadStore leads, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        var campaign = await campaigns.Visible(rules, caller, id, cancel);
        var (ids, texts) = (body.Ids.IsDefault ? [] : body.Ids, body.Numbers.IsDefault ? [] : body.Numbers);
        var errors = new FieldErrors();
        errors.Text(body.Reason, "reason", 200);
        errors.AddIf(ids.Length + texts.Length == 0, "ids", "Name leads by ids or by numbers.");
        errors.AddIf(ids.Length > MaxExcluded, "ids", $"At most {MaxExcluded} at once.").AddIf(texts.Length > MaxExcluded, "numbers", $"At most {MaxExcluded} at once.");
        var numbers = texts.Select((text, i) => Numbers.Read(text, campaign.Config.Country, $"numbers[{i}]", errors)).ToList();
        errors.ThrowIfAny();

        var key = new CampaignId(campaign.Id);
        var count = ids.IsEmpty ? 0 : await leads.ExcludeAsync(key, ids, body.Reason, cancel);
        if (numbers.Count > 0) count += await leads.ExcludeNumbersAsync(numbers, key, body.Reason, cancel);
        if (count > 0) await grains.Campaign(key).LeadsChanged();
        await audit.Done(caller, "exclude-leads", "campaign", campaign.Id, new { body.Reason, count });
        return TypedResults.Ok(new Excluded(count));
    }

    static LeadStatus Status(string word) => Enum.TryParse<LeadStatus>(word, ignoreCase: true, out var status) && char.IsAsciiLetter(word[0])
        ? status
        : throw Refusal.Invalid("status", $"There is no status {word}; there are {string.Join(", ", Enum.GetNames<LeadStatus>())}.");
}
