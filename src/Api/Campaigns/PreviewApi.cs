using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Carillon.Api.Access;
using Carillon.Api.Events;
using Carillon.Api.Problems;
using Carillon.Calls;
using Carillon.Campaigns;
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

    public static void MapPreview(this RouteGroupBuilder api)
    {
        api.MapGet("/preview/campaigns", Campaigns).For(Role.Operator).WithTags("Preview").WithSummary("The campaigns of the caller's groups that show leads before they are called");
        var preview = api.MapGroup("/campaigns/{id}/preview").WithTags("Preview");
        preview.MapGet("/", Get).For(Role.Operator).WithSummary("The lead that the caller is shown; asking says that they are there").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        preview.MapGet("/events", Listen).For(Role.Operator).WithSummary("The same, as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        preview.MapGet("/leads/{lead}/calls", Calls).For(Role.Operator).WithSummary("The last calls to a lead that the caller is shown or has called").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        preview.MapPost("/dial", Dial).For(Role.Operator).WithSummary("Call the lead that is shown now")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        preview.MapPost("/skip", Skip).For(Role.Operator).WithSummary("Show another lead; this one comes again after a rest")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    static async Task<Ok<List<PreviewCampaign>>> Campaigns(Caller caller, PreviewDesk desk, CancellationToken cancel) => TypedResults.Ok(await desk.Campaigns(caller, cancel));

    static async Task<Ok<Preview>> Get(string id, Caller caller, PreviewDesk desk, CancellationToken cancel) => TypedResults.Ok(await desk.Get(caller, id, cancel));

    static async Task<Ok<List<Attempt>>> Calls(string id, long lead, Caller caller, PreviewDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.Calls(caller, id, lead, cancel));

    static async Task<ServerSentEventsResult<object>> Listen(
        string id, Caller caller, PreviewDesk desk, IGrainFactory grains, EventClients clients, StandingAccess access, IOptions<ApiOptions> options, TimeProvider time, HttpContext http)
    {
        var (campaign, agent) = await desk.Own(caller, id, http.RequestAborted);
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

    static async Task<NoContent> Dial(string id, PreviewDial body, Caller caller, PreviewDesk desk, CancellationToken cancel)
    {
        await desk.Dial(caller, id, body.Lead, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> Skip(string id, PreviewSkip body, Caller caller, PreviewDesk desk, CancellationToken cancel)
    {
        await desk.Skip(caller, id, body.Lead, body.Reason, cancel);
        return TypedResults.NoContent();
    }
}
