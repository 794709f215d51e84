using System.Collections.Immutable;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Lists;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;

namespace Carillon.Api.Leads;

/// <param name="Numbers">At most 10,000 at once; national ones are read by <paramref name="Country"/>'s plan.</param>
/// <param name="Country">Default: the campaign's country; for the list of all campaigns RU.</param>
/// <param name="ExpiresAt">From then on they may be called again. Null: never.</param>
sealed record NumbersToSpare(ImmutableArray<string> Numbers, string? Reason = null, string? Country = null, DateTimeOffset? ExpiresAt = null);

sealed record Spared(int Added, int AlreadyListed);

sealed record DoNotCallPage(IReadOnlyList<DoNotCallEntry> Items, string? Next);

/// <summary>Do-not-call lists: one for all campaigns, and one for each.</summary>
static class DoNotCallApi
{
    const int MaxNumbers = 10_000;

    public static void MapDoNotCall(this RouteGroupBuilder api)
    {
        var limit = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<IOptions<ApiOptions>>().Value.MaxImportBytes;
        var all = api.MapGroup("/do-not-call").WithTags("Do not call");
        all.MapGet("/", (string? cursor, int? limit, Lists lists, CancellationToken cancel) => lists.Page(null, cursor, limit, cancel))
            .For(Role.Supervisor).WithSummary("Numbers that no campaign calls");
        all.MapPost("/", (NumbersToSpare body, Caller caller, Lists lists, CancellationToken cancel) => lists.Add(null, "RU", body, caller, cancel))
            .For(Role.Administrator).WithSummary("Numbers that no campaign is to call any more");
        all.MapPost("/import", (int? numberColumn, bool? header, string? delimiter, string? country, string? reason, DateTimeOffset? expiresAt,
                Caller caller, Lists lists, HttpRequest request, CancellationToken cancel) =>
            lists.Import(null, ListQuery.Options(country ?? "RU", numberColumn, header, delimiter), reason, expiresAt, caller, request, cancel))
            .For(Role.Administrator).WithSummary("A file of such numbers: text/csv, text/plain, or in multipart/form-data").AsListUpload(limit);
        all.MapDelete("/{number}", (string number, Caller caller, Lists lists, CancellationToken cancel) => lists.Remove(null, number, caller, cancel))
            .For(Role.Administrator).WithSummary("Take a number off the list").ProducesProblem(StatusCodes.Status404NotFound);

        var one = api.MapGroup("/campaigns/{id}/do-not-call").WithTags("Do not call");
        one.MapGet("/", async (string id, string? cursor, int? limit, Caller caller, Lists lists, CancellationToken cancel) =>
            await lists.Page((await lists.Campaign(id, caller, cancel)).Key, cursor, limit, cancel))
            .For(Role.Supervisor).WithSummary("Numbers that this campaign does not call").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/", async (string id, NumbersToSpare body, Caller caller, Lists lists, CancellationToken cancel) =>
        {
            var (key, country) = await lists.Campaign(id, caller, cancel);
            return await lists.Add(key, country, body, caller, cancel);
        }).For(Role.Supervisor).WithSummary("Numbers that this campaign is not to call any more").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/import", async (string id, int? numberColumn, bool? header, string? delimiter, string? country, string? reason, DateTimeOffset? expiresAt,
            Caller caller, Lists lists, HttpRequest request, CancellationToken cancel) =>
        {
            var (key, own) = await lists.Campaign(id, caller, cancel);
            return await lists.Import(key, ListQuery.Options(country ?? own, numberColumn, header, delimiter), reason, expiresAt, caller, request, cancel);
        }).For(Role.Supervisor).WithSummary("A file of such numbers: text/csv, text/plain, or in multipart/form-data").AsListUpload(limit).ProducesProblem(StatusCodes.Status404NotFound);
        one.MapDelete("/{number}", async (string id, string number, Caller caller, Lists lists, CancellationToken cancel) =>
            await lists.Remove((await lists.Campaign(id, caller, cancel)).Key, number, caller, cancel))
            .For(Role.Supervisor).WithSummary("Take a number off the campaign's list").ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal sealed class Lists(
        DoNotCallStore store, LeadStore leads, ConfigStore<CampaignConfig> campaigns, CampaignConfigRules rules, IGrainFactory grains, AuditLog audit, IOptions<ApiOptions> limits, TimeProvider time)
    {
        public async Task<(CampaignId Key, string Country)> Campaign(string id, Caller caller, CancellationToken cancel)
        {
            var campaign = await campaigns.Visible(rules, caller, id, cancel);
            return (new(campaign.Id), campaign.Config.Country);
        }

        public async Task<Ok<DoNotCallPage>> Page(CampaignId? campaign, string? cursor, int? limit, CancellationToken cancel)
        {
            var size = Paging.Limit(limit);
            var found = await store.ListAsync(campaign, cursor is null ? null : new PhoneNumber("+" + cursor.Trim().TrimStart('+')), size, cancel);
            return TypedResults.Ok(new DoNotCallPage(found, found.Count == size ? found[^1].Number.Digits : null));
        }

        public async Task<Ok<Spared>> Add(CampaignId? campaign, string country, NumbersToSpare body, Caller caller, CancellationToken cancel)
        {
            var errors = Check(body.Reason, body.ExpiresAt);
            var texts = body.Numbers.IsDefault ? [] : body.Numbers;
            errors.AddIf(texts.Length is 0 or > MaxNumbers, "numbers", $"Send 1 to {MaxNumbers} numbers at once.");
            var numbers = texts.Select((text, i) => Numbers.Read(text, body.Country ?? country, $"numbers[{i}]", errors)).ToList();
            errors.ThrowIfAny();
            var added = await Add(campaign, numbers, body.Reason, body.ExpiresAt, caller, cancel);
            foreach (var number in numbers) await grains.Subscriber(number).Refresh();
            await audit.Done(caller, "add-do-not-call", campaign is null ? "system" : "campaign", campaign?.Value ?? "", new { added, numbers.Count });
            return TypedResults.Ok(new Spared(added, numbers.Count - added));
        }

        /// <summary>Subscribers are not told of so many numbers one by one: the store is asked once more when an intent is written.</summary>
        public async Task<Ok<SparedReport>> Import(
            CampaignId? campaign, ListOptions options, string? reason, DateTimeOffset? expiresAt, Caller caller, HttpRequest request, CancellationToken cancel)
        {
            Check(reason, expiresAt).AddIf(!NumberingPlan.IsKnownCountry(options.Country), "country", $"The numbering plan of {options.Country} is not known; use a code such as RU.").ThrowIfAny();
            var list = await ListBody.Open(request, cancel);
            var added = 0;
            try
            {
                return TypedResults.Ok(await DoNotCallImport.Run(list, options, limits.Value.MaxImportLines, async numbers =>
                {
                    var fresh = await Add(campaign, numbers, reason, expiresAt, caller, cancel);
                    added += fresh;
                    return fresh;
                }, cancel));
            }
            finally
            {
                // Also of a list that broke off: what came before is spared.
                await audit.Done(caller, "import-do-not-call", campaign is null ? "system" : "campaign", campaign?.Value ?? "", new { added });
            }
        }

        FieldErrors Check(string? reason, DateTimeOffset? expiresAt)
        {
            var errors = new FieldErrors();
            if (reason is not null) errors.Text(reason, "reason", 200);
            return errors.AddIf(expiresAt <= time.GetUtcNow(), "expiresAt", "This time is past: the numbers could be called at once.");
        }

        /// <summary>Leads are excluded for ever only when the entry is: those of others are put off when they are due.</summary>
        async Task<int> Add(CampaignId? campaign, IReadOnlyCollection<PhoneNumber> numbers, string? reason, DateTimeOffset? expiresAt, Caller caller, CancellationToken cancel)
        {
            var added = await store.AddAllAsync(numbers, campaign, reason, caller.Name, expiresAt, cancel);
            if (expiresAt is null) await leads.ExcludeNumbersAsync(numbers, campaign, reason ?? "On the do-not-call list.", cancel);
            return added;
        }

        public async Task<NoContent> Remove(CampaignId? campaign, string text, Caller caller, CancellationToken cancel)
        {
            var number = Numbers.Read("+" + text.Trim().TrimStart('+'), "RU", "number");
            if (!await store.RemoveAsync(number, campaign, cancel)) throw Refusal.NotFound("number on this list", number.Value);
            await leads.RecheckAsync(number, campaign, cancel);
            await grains.Subscriber(number).Refresh();
            await audit.Done(caller, "remove-do-not-call", campaign is null ? "system" : "campaign", campaign?.Value ?? "", new { number });
            return TypedResults.NoContent();
        }
    }
}
