using Carillon.Agents;
using Carillon.Api.Access;
using Carillon.Api.Agents;
using Carillon.Api.Audit;
using Carillon.Api.Calendars;
using Carillon.Api.Calls;
using Carillon.Api.Campaigns;
using Carillon.Api.Campaigns.Funnel;
using Carillon.Api.Campaigns.WhatIf;
using Carillon.Api.Configs;
using Carillon.Api.Contacts;
using Carillon.Api.Dispositions;
using Carillon.Api.Events;
using Carillon.Api.Floor;
using Carillon.Api.Health;
using Carillon.Api.Idempotency;
using Carillon.Api.Json;
using Carillon.Api.Leads;
using Carillon.Api.Metrics;
using Carillon.Api.OpenApi;
using Carillon.Api.Pages;
using Carillon.Api.Problems;
using Carillon.Api.Queues;
using Carillon.Api.Schedules;
using Carillon.Api.Security;
using Carillon.Api.Servers;
using Carillon.Api.Statistics;
using Carillon.Api.Users;
using Carillon.Calendars;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Dispositions;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Carillon.Api;

/// <summary>The REST API, its live events, web pages, metrics and health. Needs the store and the grains.</summary>
public static class CarillonApi
{
    public static IServiceCollection AddCarillonApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ApiOptions>().BindConfiguration("Api").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsCheck>();
        services.AddProblemDetails(o => o.CustomizeProblemDetails = ProblemMapper.Complete);
        services.AddExceptionHandler<ProblemMapper>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ApiOptions>>((kestrel, api) =>
        {
            kestrel.Limits.MaxRequestBodySize = api.Value.MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });
        return services.AddAccess().AddResources().AddCarillonMetrics().AddCarillonOpenApi().AddPages();
    }

    static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<LockOut>().AddSingleton<Passwords>().AddSingleton<SignIn>().AddSingleton<OwnSession>().AddSingleton<StandingAccess>().AddSingleton<AuditLog>().AddHostedService<FirstAdministrator>();
        services.TryAddKeyedSingleton(FirstAdministrator.Output, Console.Out);
        services.AddAuthentication("caller")
            .AddPolicyScheme("caller", null, o => o.ForwardDefaultSelector = http =>
                http.Request.Headers.ContainsKey("Authorization") ? KeyAuthentication.SchemeName : Sessions.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddCookie(Sessions.SchemeName);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookieOptions>();
        services.AddDataProtection().SetApplicationName("Carillon");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInStore>();
        services.AddAuthorization();
        return services.AddSingleton<IAuthorizationHandler, LeastRoleHandler>().AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
    }

    static IServiceCollection AddResources(this IServiceCollection services) => services
        .AddConfigs<ServerConfig, ServerConfigRules>().AddConfigs<TrunkConfig, TrunkConfigRules>().AddConfigs<QueueConfig, QueueConfigRules>().AddConfigs<AgentConfig, AgentConfigRules>()
        .AddConfigs<ScheduleConfig, ScheduleConfigRules>().AddConfigs<CalendarConfig, CalendarConfigRules>().AddConfigs<ContactRuleConfig, ContactRuleConfigRules>()
        .AddConfigs<CampaignConfig, CampaignConfigRules>().AddConfigs<DispositionConfig, DispositionConfigRules>().AddConfigs<GroupConfig, GroupConfigRules>()
        .AddSingleton<OpeningPreview>().AddSingleton<CampaignDesk>().AddSingleton<CampaignArchive>().AddSingleton<LeadDesk>().AddSingleton<ListZone>().AddSingleton<WhoNow>().AddSingleton<CallDesk>().AddSingleton<CallDispositionDesk>().AddSingleton<PreviewDesk>().AddSingleton<SumPlace>().AddSingleton<WorkReader>().AddSingleton<StatisticsDesk>().AddSingleton<FunnelDesk>().AddSingleton<AgentDesk>().AddSingleton<ServerDesk>().AddSingleton<UserDesk>().AddSingleton<KeyDesk>().AddSingleton<AuditDesk>().AddSingleton<CampaignLinks>().AddSingleton<WhatIfDesk>().AddSingleton<WhatIfReader>().AddSingleton<WhatIfPlaces>().AddSingleton<SeenAgents>()
        .AddSingleton<UserRules>().AddSingleton<DoNotCallDesk>()
        .AddSingleton<IdempotentPosts>().AddHostedService<ForgetOldAnswers>()
        .AddSingleton<LiveState>().AddSingleton<EventClients>().AddSingleton<FloorState>().AddSingleton<FloorReader>().AddHostedService<EventWatch>()
        .AddSingleton<IReadiness, StorageReadiness>();

    public static void MapCarillonApi(this WebApplication app)
    {
        app.UseProxies(app.Services.GetRequiredService<IOptions<ApiOptions>>().Value);
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(Doors.LeadBack);
        app.UseAuthentication();
        app.Use(Sessions.RefuseForeignPages);
        app.UseAuthorization();
        app.Use((http, next) => http.RequestServices.GetRequiredService<IdempotentPosts>().Handle(http, next));

        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi().AllowAnonymous();
        // Each endpoint names its least role; one that forgot to would still not be open to all.
        var api = app.MapGroup("/api/v1").RequireAuthorization();
        api.MapSession();
        api.MapServers();
        api.MapTrunks();
        api.MapQueues();
        api.MapSchedules();
        api.MapCalendars();
        api.MapContactRules();
        api.MapCampaigns();
        api.MapPreview();
        api.MapWhatIf();
        api.MapFunnel();
        api.MapLeads();
        api.MapImport();
        api.MapListPreview();
        api.MapDoNotCall();
        api.MapCalls();
        api.MapStatistics();
        api.MapDispositions();
        api.MapAgents();
        api.MapGroups();
        api.MapUsers();
        api.MapKeys();
        api.MapAudit();
        api.MapEvents();
        app.MapPages();
    }
}
