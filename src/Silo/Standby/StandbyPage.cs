using Carillon.Api.Security;

namespace Carillon.Silo;

/// <summary>What a node shows while it waits: alive, not ready, and why.</summary>
sealed class StandbyPage : IAsyncDisposable
{
    readonly WebApplication _app;

    StandbyPage(WebApplication app) => _app = app;

    /// <summary>Why it cannot even be asked whose turn it is; null: it is another node's.</summary>
    public string? Problem { get; set; }

    /// <summary>The process was told to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    public static async Task<StandbyPage> Open(NodeOptions options, string database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = NodeCertificate.Of(options);
        builder.WebHost.ConfigureKestrel(kestrel => Node.Listen(kestrel, options, certificate));
        var app = builder.Build();
        var page = new StandbyPage(app);
        app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        app.MapFallback((HttpContext http) => Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "standby", detail: page.Says(database, http)));
        await app.StartAsync();
        Console.WriteLine($"Carillon stands by on {string.Join(", ", app.Urls)}");
        return page;
    }

    /// <summary>What names hosts and users of the database is for callers on this machine, as at the node at work.</summary>
    string Says(string database, HttpContext http)
    {
        var (problem, local) = (Problem, Proxies.IsLocal(http));
        if (problem is not null) return local ? problem : "This node is the standby, and does not reach the database; callers on its own machine are told why.";
        return $"This node is the standby: {(local ? database : "the database")} is another node's, which is at work. It takes over when that one ends.";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
