using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Carillon.Api.Pages.Assets;

/// <summary>Scripts, styles and fonts of the pages, out of this assembly; the address has the build in it, so browsers keep them for good.</summary>
static class PageAssets
{
    static readonly System.Reflection.Assembly Own = typeof(PageAssets).Assembly;
    static readonly string Root = $"/assets/{Own.ManifestModule.ModuleVersionId.ToString("N")[..12]}/";
    static readonly ConcurrentDictionary<string, Asset?> Loaded = new(StringComparer.Ordinal);

    public static string Url(string name) => Root + name;

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{build}/{**name}", (string name, HttpContext http) => Serve(name, http)).AllowAnonymous().ExcludeFromDescription();

    static async Task Serve(string name, HttpContext http)
    {
        if (Loaded.GetOrAdd(name, Load) is not { } asset)
        {
            Loaded.TryRemove(name, out _);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var zipped = asset.Zipped is not null && http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (zipped) headers.ContentEncoding = "gzip";
        http.Response.ContentType = asset.Type;
        var content = zipped ? asset.Zipped! : asset.Content;
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }

    static Asset? Load(string name)
    {
        var content = name == "carillon.css" ? Styles() : Read("assets/" + name);
        if (content is null) return null;
        var type = Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "font/woff2",
        };
        return new(type, content, type == "font/woff2" ? null : Zip(content));
    }

    /// <summary>The styles of all pages in one file, those of the layout first.</summary>
    static byte[] Styles() =>
        [.. Own.GetManifestResourceNames().Where(n => n.StartsWith("styles/", StringComparison.Ordinal)).OrderBy(n => !n.Contains("/Assets/", StringComparison.Ordinal)).ThenBy(n => n, StringComparer.Ordinal).SelectMany(n => Read(n)!)];

    static byte[]? Read(string resource)
    {
        using var file = Own.GetManifestResourceStream(resource);
        if (file is null) return null;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal)) zip.Write(content);
        return zipped.ToArray();
    }

    sealed record Asset(string Type, byte[] Content, byte[]? Zipped);
}
