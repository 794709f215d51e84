using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Security;

/// <summary>What every answer tells the browser, pages and API alike. The only place that says so.</summary>
static class SecurityHeaders
{
    /// <summary>
    /// Everything from this node and nothing from elsewhere, in no frame. Styles may stand in the markup, because components set sizes and colours there;
    /// scripts may not. Blazor's socket is of the same origin, so <c>'self'</c> covers it.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        // Numbers and names of people are not for a cache on the way.
        if (http.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
    }
}
