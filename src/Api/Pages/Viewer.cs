using System.Globalization;
using Carillon.Api.Access;
using Microsoft.AspNetCore.Http;

namespace Carillon.Api.Pages;

/// <summary>How somebody looks at the pages: what their browser asked for, or what they chose since. Goes with the page into its circuit.</summary>
public sealed record Viewer
{
    public const string LanguageCookie = "carillon-language", ThemeCookie = "carillon-theme", ZoneCookie = "carillon-zone";
    public const string Light = "light", Dark = "dark", Auto = "auto";

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB"), Russian = CultureInfo.GetCultureInfo("ru-RU");

    /// <summary>en or ru.</summary>
    public string Language { get; init; } = "en";
    /// <summary>light, dark or auto, which follows the operating system.</summary>
    public string Theme { get; init; } = Auto;
    /// <summary>IANA name of the browser's zone.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";
    /// <summary>The address that they came from, for the audit log.</summary>
    public string From { get; init; } = "local";

    public bool IsRussian => Language == "ru";

    /// <summary>How numbers and times are written for them. Never set on a thread, where it would change what the API says.</summary>
    public CultureInfo Culture() => IsRussian ? Russian : English;

    public static Viewer Of(HttpContext http)
    {
        var cookies = http.Request.Cookies;
        return new()
        {
            Language = cookies[LanguageCookie] is "en" or "ru" ? cookies[LanguageCookie]! : Preferred(http.Request),
            Theme = cookies[ThemeCookie] is Light or Dark ? cookies[ThemeCookie]! : Auto,
            TimeZone = cookies[ZoneCookie] is { Length: < 64 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(Uri.UnescapeDataString(zone), out var known) ? known.Id : "Etc/UTC",
            From = Caller.Address(http),
        };
    }

    static string Preferred(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value ?? "")
            .Select(l => l.Split('-')[0].ToLowerInvariant()).FirstOrDefault(l => l is "en" or "ru") ?? "en";
}
