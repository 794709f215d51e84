using System.Net;
using Carillon.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Health;

/// <summary>For what monitoring on the same machine reads. A request that a proxy passed on comes from elsewhere, whatever its socket says.</summary>
sealed class LocalCallersOnly(IOptions<ApiOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var open = options.Value.MetricsFromAnywhere && http.Request.Path.StartsWithSegments("/metrics");
        if (open || IsLocal(http)) return await next(context);
        throw Refusal.Forbidden("This address answers callers on the same machine only (Api:MetricsFromAnywhere opens /metrics).");
    }

    static bool IsLocal(HttpContext http) =>
        !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded")
        && (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));
}
