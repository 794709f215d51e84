using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Security;

/// <summary>
/// Proxies that may say for whom they ask (X-Forwarded-For, X-Forwarded-Proto). What others claim is not believed: addresses are counted at sign-in and
/// stand in the audit log.
/// </summary>
static class Proxies
{
    public static void UseProxies(this IApplicationBuilder app, ApiOptions options)
    {
        if (!Networks.TryRead(options.Proxies, out var networks, out var wrong)) throw new OptionsValidationException("Api", typeof(ApiOptions), [$"Api:Proxies: {wrong} is no address."]);
        if (networks.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Whether somebody on this machine asks, and not a proxy for somebody else, whatever its socket says.</summary>
    public static bool IsLocal(HttpContext http) => IsDirect(http) && (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));

    /// <summary>Whether who connects asks for himself.</summary>
    public static bool IsDirect(HttpContext http) => !PassedOn.Any(http.Request.Headers.ContainsKey);

    static readonly string[] PassedOn = ["X-Forwarded-For", "Forwarded", "X-Original-For", "Via"];
}
