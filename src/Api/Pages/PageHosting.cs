using Carillon.Api.Pages.Assets;
using Carillon.Api.Pages.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace Carillon.Api.Pages;

/// <summary>The web pages: Blazor on the server, by the same grains, stores and rules as the API.</summary>
static class PageHosting
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            circuits.DisconnectedCircuitMaxRetained = 100;
        });
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(form => (form.Cookie.Name, form.Cookie.SameSite, form.FormFieldName) = ("carillon-form", SameSiteMode.Strict, "form-token"));
        return services.AddScoped<Words>().AddScoped<PageSession>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapAssets();
        app.MapPreferences();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
