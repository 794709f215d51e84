using System.Net;
using Carillon.Api.Problems;
using Carillon.Api.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Health;

/// <summary>For what monitoring reads: on the same machine, and from the networks that <see cref="ApiOptions.MetricsTo"/> names.</summary>
sealed class LocalCallersOnly : IEndpointFilter
{
    readonly List<IPNetwork> _networks;

    public LocalCallersOnly(IOptions<ApiOptions> options) => _ = Networks.TryRead(options.Value.MetricsTo, out _networks, out _);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => IsWelcome(context.HttpContext)
        ? await next(context)
        : throw Refusal.Forbidden("This address answers callers on the same machine only, and from the networks that Api:MetricsTo names.");

    bool IsWelcome(HttpContext http) => Proxies.IsLocal(http) || (Proxies.IsDirect(http) && http.Connection.RemoteIpAddress is { } address && _networks.Have(address));
}
