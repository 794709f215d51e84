using System.Diagnostics.CodeAnalysis;
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
    static readonly char[] Separators = [' ', ',', ';'];

    /// <param name="text">Addresses and networks, such as <c>10.0.0.0/8 192.0.2.7</c>.</param>
    /// <param name="networks">What was named.</param>
    /// <param name="wrong">The first word that is neither.</param>
    public static bool TryRead(string text, out List<System.Net.IPNetwork> networks, [NotNullWhen(false)] out string? wrong)
    {
        networks = [];
        wrong = null;
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(word, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(word, out var address)) networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else
            {
                wrong = word;
                return false;
            }
        }
        return true;
    }

    public static void UseProxies(this IApplicationBuilder app, ApiOptions options)
    {
        if (!TryRead(options.Proxies, out var networks, out var wrong)) throw new OptionsValidationException("Api", typeof(ApiOptions), [$"Api:Proxies: {wrong} is no address."]);
        if (networks.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Whether somebody on this machine asks, and not a proxy for somebody else, whatever its socket says.</summary>
    public static bool IsLocal(HttpContext http) =>
        !PassedOn.Any(http.Request.Headers.ContainsKey) && (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));

    static readonly string[] PassedOn = ["X-Forwarded-For", "Forwarded", "X-Original-For", "Via"];
}
