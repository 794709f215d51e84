using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Calls;

sealed record CallPage(IReadOnlyList<Attempt> Items, string? Next);

static class CallsApi
{
    public static void MapCalls(this RouteGroupBuilder api)
    {
        api.MapGet("/calls", List).For(Role.Operator).WithTags("Calls").WithSummary("Call records, newest first; an operator sees their own");
        api.MapGet("/calls/{id}", Get).For(Role.Operator).WithTags("Calls").WithSummary("One call").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/calls.csv", Export).For(Role.Operator).WithTags("Calls").WithSummary("All call records that the filter finds, as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
    }

    static async Task<Ok<CallPage>> List(
        [AsParameters] CallQuery query, AttemptCursor? cursor, int? limit,
        Caller caller, AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel)
    {
        var size = Paging.Limit(limit);
        var filter = await query.Filter(caller, campaigns, cancel);
        if (filter is null) return TypedResults.Ok(new CallPage([], null));
        var found = await attempts.ListAsync(filter with { After = cursor, Limit = size }, cancel);
        return TypedResults.Ok(new CallPage(found, found.Count == size ? AttemptCursor.After(found[^1]).ToString() : null));
    }

    static async Task<Ok<Attempt>> Get(string id, Caller caller, AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel) =>
        TypedResults.Ok((await Visible(id, caller, attempts, campaigns, cancel)).Call);

    /// <exception cref="Refusal">404, also for what is there but not the caller's to see.</exception>
    public static async Task<(Attempt Call, CampaignConfig? Campaign)> Visible(
        string id, Caller caller, AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel)
    {
        var call = await attempts.GetAsync(new(id), cancel) ?? throw Refusal.NotFound("call", id);
        var campaign = (await campaigns.GetAsync(call.Intent.Campaign.Value, cancel))?.Config;
        var seen = caller.Role switch
        {
            Role.Administrator => true,
            Role.Operator => call.Agent is not null && call.Agent == caller.Agent,
            _ => caller.Owns(campaign?.Group),
        };
        return seen ? (call, campaign) : throw Refusal.NotFound("call", id);
    }

    /// <param name="separator">comma (default), semicolon (what Excel expects where the comma is the decimal sign, as in Russian) or tab.</param>
    /// <param name="bom">Begin with a byte order mark, without which Excel takes UTF-8 for something else. Default true for semicolon.</param>
    static async Task<PushStreamHttpResult> Export(
        [AsParameters] CallQuery query, string? separator, bool? bom,
        Caller caller, AttemptStore attempts, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel)
    {
        var sign = separator switch
        {
            null or "comma" => ',',
            "semicolon" => ';',
            "tab" => '\t',
            _ => throw Refusal.Invalid("separator", "The separator is comma, semicolon or tab."),
        };
        var filter = await query.Filter(caller, campaigns, cancel);
        var calls = filter is null ? AsyncEnumerable.Empty<Attempt>() : attempts.StreamAsync(filter, cancel);
        var names = (await campaigns.ListAsync(cancel: cancel)).ToDictionary(c => new CampaignId(c.Id), c => c.Config.Name);
        return TypedResults.Stream(
            body => CallsCsv.Write(body, calls, names, sign, bom ?? sign == ';', cancel), "text/csv; charset=utf-8", "calls.csv");
    }
}
