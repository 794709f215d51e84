using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api;

/// <summary>Says what answers here, to people who open the address in a browser.</summary>
static class RootPage
{
    static readonly string Version = typeof(RootPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public static void MapRootPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", () => TypedResults.Content($"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Carillon</title></head>
        <body>
        <h1>Carillon {Version}</h1>
        <p>A dialer for call centers on Asterisk. This node answers the REST API under <code>/api/v1</code>.</p>
        <ul><li><a href="/openapi/v1.json">OpenAPI document</a></li><li><a href="/health/ready">Health</a></li></ul>
        </body>
        </html>
        """, "text/html; charset=utf-8")).ExcludeFromDescription();
}
