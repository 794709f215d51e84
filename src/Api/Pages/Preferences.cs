using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Pages;

/// <summary>Language and theme: a cookie of the browser each, and back to where one was.</summary>
static class Preferences
{
    const string Path = "/preferences";

    public static string Language(string language, string back) => $"{Path}?language={language}&back={Uri.EscapeDataString(back)}";

    public static string Theme(string theme, string back) => $"{Path}?theme={theme}&back={Uri.EscapeDataString(back)}";

    public static void MapPreferences(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Set).AllowAnonymous().ExcludeFromDescription();

    static RedirectHttpResult Set(string? language, string? theme, string? back, HttpContext http)
    {
        if (language is "en" or "ru") Keep(http, Viewer.LanguageCookie, language);
        if (theme is Viewer.Light or Viewer.Dark or Viewer.Auto) Keep(http, Viewer.ThemeCookie, theme);
        return TypedResults.LocalRedirect(OwnPath.Or(back, "/"));
    }

    static void Keep(HttpContext http, string cookie, string value) =>
        http.Response.Cookies.Append(cookie, value, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps, IsEssential = true });
}

static class OwnPath
{
    /// <summary>A path on this node; what would lead elsewhere is replaced.</summary>
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : otherwise;
}
