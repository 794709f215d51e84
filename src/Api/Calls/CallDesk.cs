using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Leads;
using Carillon.Servers;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Api.Calls;

sealed record CallPage(IReadOnlyList<Attempt> Items, string? Next);

/// <param name="Lead">Whom it called; null if it was deleted since.</param>
sealed record CallPlaces(string Server, string Trunk, Lead? Lead);

/// <summary>Call records, for whoever may see them: an operator their own, a supervisor those of their groups' campaigns.</summary>
sealed class CallDesk(AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, ConfigStore<ServerConfig> servers, ConfigStore<TrunkConfig> trunks, LeadStore leads)
{
    /// <summary>The newest first.</summary>
    /// <param name="after">The <see cref="CallPage.Next"/> of the page before.</param>
    public async Task<CallPage> List(Caller caller, CallQuery query, AttemptCursor? after, int limit, CancellationToken cancel)
    {
        var filter = await query.Filter(caller, campaigns, cancel);
        if (filter is null) return new([], null);
        var found = await attempts.ListAsync(filter with { After = after, Limit = limit }, cancel);
        return new(found, found.Count == limit ? AttemptCursor.After(found[^1]).ToString() : null);
    }

    /// <summary>All that the filter finds, one after another.</summary>
    public async Task<IAsyncEnumerable<Attempt>> All(Caller caller, CallQuery query, CancellationToken cancel) =>
        await query.Filter(caller, campaigns, cancel) is { } filter ? attempts.StreamAsync(filter, cancel) : AsyncEnumerable.Empty<Attempt>();

    /// <exception cref="Refusal">404, also for what is there but not the caller's to see.</exception>
    public async Task<(Attempt Call, CampaignConfig? Campaign)> Get(Caller caller, string id, CancellationToken cancel)
    {
        var call = await attempts.GetAsync(new(id), cancel) ?? throw Refusal.NotFound("call", id);
        var campaign = (await campaigns.GetAsync(call.Intent.Campaign.Value, cancel))?.Config;
        var seen = caller.Role switch
        {
            Role.Administrator => true,
            Role.Operator => caller.Agent is not null && IsOf(caller.Agent.Value, call),
            _ => caller.Owns(campaign?.Group),
        };
        return seen ? (call, campaign) : throw Refusal.NotFound("call", id);
    }

    /// <summary>Also a call that rang their phone first and nobody answered: it was theirs to make.</summary>
    public static bool IsOf(AgentId agent, Attempt call) => (call.Agent ?? call.Intent.For) == agent;

    /// <summary>By their names, for people.</summary>
    public async Task<CallPlaces> Places(Attempt call, CancellationToken cancel) => new(
        (await servers.GetAsync(call.Intent.Server.Value, cancel))?.Config.Name ?? call.Intent.Server.Value,
        (await trunks.GetAsync(call.Intent.Trunk.Value, cancel))?.Config.Name ?? call.Intent.Trunk.Value,
        await leads.GetAsync(call.Intent.LeadId, cancel));

    public async Task<Dictionary<CampaignId, string>> CampaignNames(CancellationToken cancel) =>
        (await campaigns.ListAsync(cancel: cancel)).ToDictionary(c => new CampaignId(c.Id), c => c.Config.Name);
}
