using System.Collections.Immutable;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Lists;
using Carillon.Numbers;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans;

namespace Carillon.Api.Leads;

/// <param name="Numbers">At most 10,000 at once; national ones are read by <paramref name="Country"/>'s plan.</param>
/// <param name="Country">Default: the campaign's country; for the list of all campaigns RU.</param>
/// <param name="ExpiresAt">From then on they may be called again. Null: never.</param>
sealed record NumbersToSpare(ImmutableArray<string> Numbers, string? Reason = null, string? Country = null, DateTimeOffset? ExpiresAt = null);

/// <summary>How a file of such numbers is to be read, and what holds for all of them.</summary>
sealed record ListToSpare(int? NumberColumn = null, bool? Header = null, string? Delimiter = null, string? Country = null, string? Reason = null, DateTimeOffset? ExpiresAt = null);

sealed record Spared(int Added, int AlreadyListed);

sealed record DoNotCallPage(IReadOnlyList<DoNotCallEntry> Items, string? Next);

/// <summary>
/// Do-not-call lists. That of all campaigns (no campaign's id) supervisors read and administrators change; those of campaigns are for whom these are.
/// Refusals are thrown as <see cref="Refusal"/>.
/// </summary>
sealed class DoNotCallDesk(
    DoNotCallStore store, LeadStore leads, ConfigDesk<CampaignConfig> campaigns, IGrainFactory grains, AuditLog audit, IOptions<ApiOptions> limits, TimeProvider time)
{
    const int MaxNumbers = 10_000;

    /// <param name="prefix">The beginning of the number, international. Null: all of them.</param>
    public async Task<DoNotCallPage> List(Caller caller, string? campaign, string? prefix, string? cursor, int? limit, CancellationToken cancel)
    {
        var (key, _) = await Open(caller, campaign, Role.Supervisor, cancel);
        var size = Paging.Limit(limit);
        var found = await store.ListAsync(key, cursor is null ? null : new PhoneNumber(International(cursor)), string.IsNullOrWhiteSpace(prefix) ? null : International(prefix), size, cancel);
        return new(found, found.Count == size ? found[^1].Number.Digits : null);
    }

    public async Task<Spared> Add(Caller caller, string? campaign, NumbersToSpare body, CancellationToken cancel)
    {
        var (key, country) = await Open(caller, campaign, Role.Administrator, cancel);
        var errors = Check(body.Reason, body.ExpiresAt);
        var texts = body.Numbers.IsDefault ? [] : body.Numbers;
        errors.AddIf(texts.Length is 0 or > MaxNumbers, "numbers", $"Send 1 to {MaxNumbers} numbers at once.");
        var numbers = texts.Select((text, i) => Numbers.Read(text, body.Country ?? country, $"numbers[{i}]", errors)).ToList();
        errors.ThrowIfAny();
        var added = await Add(key, numbers, body.Reason, body.ExpiresAt, caller, cancel);
        foreach (var number in numbers) await grains.Subscriber(number).Refresh();
        await Note(caller, "add-do-not-call", key, new { added, numbers.Count });
        return new(added, numbers.Count - added);
    }

    /// <summary>Subscribers are not told of so many numbers one by one: the store is asked once more when an intent is written.</summary>
    public async Task<SparedReport> Import(Caller caller, string? campaign, ListToSpare how, HttpRequest request, CancellationToken cancel)
    {
        var (key, country) = await Open(caller, campaign, Role.Administrator, cancel);
        var options = ListQuery.Options(how.Country ?? country, how.NumberColumn, how.Header, how.Delimiter);
        var errors = Check(how.Reason, how.ExpiresAt);
        Numbers.CheckCountry(options.Country, errors);
        errors.ThrowIfAny();
        var list = await ListBody.Open(request, cancel);
        var added = 0;
        try
        {
            return await DoNotCallImport.Run(list, options, limits.Value.MaxImportLines, async numbers =>
            {
                var fresh = await Add(key, numbers, how.Reason, how.ExpiresAt, caller, cancel);
                added += fresh;
                return fresh;
            }, cancel);
        }
        finally
        {
            // Also of a list that broke off: what came before is spared.
            await Note(caller, "import-do-not-call", key, new { added });
        }
    }

    public async Task Remove(Caller caller, string? campaign, string text, CancellationToken cancel)
    {
        var (key, _) = await Open(caller, campaign, Role.Administrator, cancel);
        var number = Numbers.Read(International(text), Numbers.Country, "number");
        if (!await store.RemoveAsync(number, key, cancel)) throw Refusal.NotFound("number on this list", number.Value);
        await leads.RecheckAsync(number, key, cancel);
        await grains.Subscriber(number).Refresh();
        await Note(caller, "remove-do-not-call", key, new { number });
    }

    /// <param name="forAll">The role that the list of all campaigns needs.</param>
    async Task<(CampaignId? Key, string Country)> Open(Caller caller, string? campaign, Role forAll, CancellationToken cancel)
    {
        if (campaign is null)
        {
            caller.Needs(forAll);
            return (null, Numbers.Country);
        }
        var found = await campaigns.Get(caller, campaign, cancel);
        return (new(found.Id), found.Config.Country);
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

    Task Note(Caller caller, string action, CampaignId? campaign, object details) =>
        audit.Done(caller, action, campaign is null ? "system" : "campaign", campaign?.Value ?? "", details);

    /// <summary>In an address a plus that is not encoded reads as a blank.</summary>
    static string International(string text) => "+" + text.Trim().TrimStart('+');
}
