using Carillon.Api.Problems;
using Carillon.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>Sessions of browsers: a cookie that scripts cannot read and other sites cannot send.</summary>
static class Sessions
{
    public const string SchemeName = "session";
    public const string CookieName = "carillon-session";

    public static void Configure(CookieAuthenticationOptions cookie, ApiOptions options)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = options.SecureCookies ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionLifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = Validate;
    }

    static async Task Validate(CookieValidatePrincipalContext context)
    {
        var users = context.HttpContext.RequestServices.GetRequiredService<UserStore>();
        var id = context.Principal?.FindFirst(Claims.User)?.Value;
        var user = id is null ? null : await users.GetAsync(id, context.HttpContext.RequestAborted);
        if (user is null || user.User.Config.Disabled || user.SecurityStamp != context.Principal!.FindFirst(Claims.Stamp)?.Value) context.RejectPrincipal();
        else context.ReplacePrincipal(Identities.Of(user, SchemeName));
    }

    /// <summary>
    /// A change by cookie must show that a page of ours or a program sent it: by a header that other sites' forms cannot set, or by what the
    /// browser says of its origin. SameSite=Strict is the first wall; this is the second.
    /// </summary>
    public static Task RefuseForeignPages(HttpContext http, RequestDelegate next)
    {
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (!safe && http.User.Identity?.AuthenticationType == SchemeName && !IsOwnPage(http.Request))
            throw Refusal.Forbidden("A change by session cookie needs the header X-Requested-With, or to come from a page of this node.");
        return next(http);
    }

    static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.ContainsKey("X-Requested-With")) return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site == "same-origin";
        return request.Headers.Origin.ToString() == $"{request.Scheme}://{request.Host}";
    }
}

/// <summary>The cookie follows <see cref="ApiOptions"/>.</summary>
sealed class SessionCookieOptions(IOptions<ApiOptions> options) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions cookie)
    {
        if (name == Sessions.SchemeName) Sessions.Configure(cookie, options.Value);
    }

    public void Configure(CookieAuthenticationOptions cookie) => Configure(Options.DefaultName, cookie);
}
