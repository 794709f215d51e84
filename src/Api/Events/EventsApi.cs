using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Carillon.Api.Access;
using Carillon.Api.Problems;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Events;

/// <summary>Server-sent events: first the state of everything that the caller may see, then each change, at most one a second for each subject.</summary>
static class EventsApi
{
    public static void MapEvents(this RouteGroupBuilder api) =>
        api.MapGet("/events", Listen).For(Role.Supervisor).WithTags("Events").WithSummary("Live events as server-sent events")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status429TooManyRequests);

    static ServerSentEventsResult<object> Listen(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId, Caller caller, LiveState live, EventClients clients,
        StandingAccess access, IOptions<ApiOptions> options, IHostApplicationLifetime life, TimeProvider time, HttpContext http)
    {
        var place = clients.TryEnter() ?? throw Refusal.TooManyRequests("This node has as many live clients as it takes (Api:MaxEventClients).", TimeSpan.FromSeconds(30));
        http.Response.RegisterForDispose(place);
        // Proxies must not collect the stream.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        // A node that is asked to stop waits for its requests to end, and this one would not.
        var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(Stream(caller, Position(lastEventId, live), live, access.Of(http.User), options.Value, time, ends.Token));
    }

    static async IAsyncEnumerable<SseItem<object>> Stream(
        Caller caller, long position, LiveState live, StandingAccess.Watch access, ApiOptions options, TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        // A first event at once tells the client that the stream is open.
        yield return new(new { at = time.GetUtcNow() }, "hello") { ReconnectionInterval = TimeSpan.FromSeconds(2) };
        while (!cancel.IsCancellationRequested && await access.Holds(cancel))
        {
            var (events, changed) = live.Since(position);
            foreach (var next in events)
            {
                position = next.Sequence;
                if (Sees(caller, next)) yield return new(next.Data, next.Type) { EventId = $"{live.Epoch}-{next.Sequence}" };
            }
            var silent = false;
            try
            {
                await changed.WaitAsync(options.EventHeartbeat, time, cancel);
            }
            catch (TimeoutException)
            {
                silent = true;
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            if (silent) yield return new(new { at = time.GetUtcNow() }, "heartbeat");
        }
    }

    static bool Sees(Caller caller, LiveEvent next) =>
        caller.IsAdministrator || next.ForAllSupervisors || next.Groups.Any(caller.Owns);

    /// <summary>An id of another node, or of this one before its restart, is no position here: the client gets everything anew.</summary>
    static long Position(string? lastEventId, LiveState live) =>
        lastEventId?.Split('-') is [var epoch, var number] && epoch == live.Epoch && long.TryParse(number, out var position) ? position : 0;
}
