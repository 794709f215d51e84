using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Carillon.Api.Access;
using Carillon.Api.Audit;
using Carillon.Api.Events;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orleans;

namespace Carillon.Api.Campaigns;

/// <param name="Lead">The id of the lead that the agent is shown.</param>
sealed record PreviewDial(long Lead);

/// <param name="Lead">The id of the lead that the agent is shown.</param>
/// <param name="Reason">Why not to call it; at most 200 characters.</param>
sealed record PreviewSkip(long Lead, string Reason);

/// <summary>What an agent of a campaign in Preview mode sees and does. The agent is the one whom the caller's user names.</summary>
static class PreviewApi
{
    /// <summary>An agent who looks at the stream is there: each look of the stream says so for them.</summary>
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    const int LongestReason = 200;

    public static void MapPreview(this RouteGroupBuilder api)
    {
        var preview = api.MapGroup("/campaigns/{id}/preview").WithTags("Preview");
        preview.MapGet("/", Get).For(Role.Operator).WithSummary("The lead that the caller is shown; asking says that they are there").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        preview.MapGet("/events", Listen).For(Role.Operator).WithSummary("The same, as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        preview.MapPost("/dial", Dial).For(Role.Operator).WithSummary("Call the lead that is shown now")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        preview.MapPost("/skip", Skip).For(Role.Operator).WithSummary("Show another lead; this one comes again after a rest")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<Ok<Preview>> Get(string id, Caller caller, ConfigStore<CampaignConfig> campaigns, IGrainFactory grains, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(id, caller, campaigns, cancel);
        return TypedResults.Ok(await grains.Campaign(campaign).GetPreview(agent));
    }

    static async Task<ServerSentEventsResult<object>> Listen(
        string id, Caller caller, ConfigStore<CampaignConfig> campaigns, IGrainFactory grains, EventClients clients,
        StandingAccess access, IOptions<ApiOptions> options, TimeProvider time, HttpContext http)
    {
        var (campaign, agent) = await Own(id, caller, campaigns, http.RequestAborted);
        var place = clients.TryEnter() ?? throw Refusal.TooManyRequests("This node has as many live clients as it takes (Api:MaxEventClients).", TimeSpan.FromSeconds(30));
        http.Response.RegisterForDispose(place);
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Looks(grains.Campaign(campaign), agent, access.Of(http.User), options.Value.EventHeartbeat, time, http.RequestAborted));
    }

    static async IAsyncEnumerable<SseItem<object>> Looks(
        ICampaignGrain campaign, AgentId agent, StandingAccess.Watch access, TimeSpan heartbeat, TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        (long?, DateTimeOffset?, string?)? told = null;
        var toldAt = time.GetUtcNow();
        while (!cancel.IsCancellationRequested && await access.Holds(cancel))
        {
            var now = await campaign.GetPreview(agent);
            var next = (now.Lead?.Id, now.DialAt, now.Lead is null ? now.Why : null);
            if (next != told)
            {
                yield return new(now, now.Lead is null ? "none" : "lead");
                (told, toldAt) = (next, time.GetUtcNow());
            }
            else if (time.GetUtcNow() - toldAt >= heartbeat)
            {
                yield return new(new { at = time.GetUtcNow() }, "heartbeat");
                toldAt = time.GetUtcNow();
            }
            try
            {
                await Task.Delay(LookInterval, time, cancel);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }

    static async Task<NoContent> Dial(
        string id, PreviewDial body, Caller caller, ConfigStore<CampaignConfig> campaigns, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(id, caller, campaigns, cancel);
        var result = await grains.Campaign(campaign).DialPreview(agent, body.Lead);
        if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, "dial-lead", "campaign", campaign.Value, new { body.Lead });
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Skip(
        string id, PreviewSkip body, Caller caller, ConfigStore<CampaignConfig> campaigns, IGrainFactory grains, AuditLog audit, CancellationToken cancel)
    {
        var (campaign, agent) = await Own(id, caller, campaigns, cancel);
        var errors = new FieldErrors();
        errors.Text(body.Reason, "reason", LongestReason);
        errors.ThrowIfAny();
        var result = await grains.Campaign(campaign).SkipPreview(agent, body.Lead, body.Reason);
        if (result.Refusal is { } refusal) throw Refusal.Conflict(refusal);
        await audit.Done(caller, "skip-lead", "campaign", campaign.Value, new { body.Lead, body.Reason });
        return TypedResults.NoContent();
    }

    static async Task<(CampaignId Campaign, AgentId Agent)> Own(string id, Caller caller, ConfigStore<CampaignConfig> campaigns, CancellationToken cancel)
    {
        var campaign = await campaigns.GetAsync(id, cancel);
        // Which agents it is for, the campaign's queue says: a member of it is shown a lead, another one waits in vain.
        var seen = campaign is not null && (caller.IsAdministrator || campaign.Config.Group is null || caller.Groups.Contains(campaign.Config.Group));
        if (!seen) throw Refusal.NotFound("campaign", id);
        return (new(id), caller.Agent ?? throw Refusal.Conflict("This is for agents: your user names none."));
    }
}
