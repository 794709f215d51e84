using Carillon.Api.Problems;
using Carillon.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Carillon.Api.Health;

/// <summary>Whether a part of the node is able to work now; every part that registers one is asked by <c>/health/ready</c>.</summary>
public interface IReadiness
{
    /// <summary>Null: ready. Else one sentence that says what is missing.</summary>
    Task<string?> Problem(CancellationToken cancel);
}

sealed record HealthAnswer(string Status);

static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("live"))).AddEndpointFilter<LocalCallersOnly>().AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>What is missing may name hosts and users of the database: that is for callers on this machine.</summary>
    static async Task<Ok<HealthAnswer>> Ready(HttpContext http, IHostApplicationLifetime life, IEnumerable<IReadiness> parts, CancellationToken cancel)
    {
        if (!life.ApplicationStarted.IsCancellationRequested) throw Refusal.Unavailable("The node is starting.");
        if (life.ApplicationStopping.IsCancellationRequested) throw Refusal.Unavailable("The node is stopping.");
        foreach (var part in parts)
        {
            if (await part.Problem(cancel) is { } problem) throw Refusal.Unavailable(Proxies.IsLocal(http) ? problem : "The node is not ready; callers on its own machine are told why.");
        }
        return TypedResults.Ok(new HealthAnswer("ready"));
    }
}
