using Carillon.Api.Problems;
using Carillon.Api.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Health;

/// <summary>For what monitoring on the same machine reads.</summary>
sealed class LocalCallersOnly(IOptions<ApiOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (options.Value.MetricsFromAnywhere || Proxies.IsLocal(context.HttpContext)) return await next(context);
        throw Refusal.Forbidden("This address answers callers on the same machine only (Api:MetricsFromAnywhere opens it).");
    }
}
