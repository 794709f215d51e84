using Carillon.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster.Tests;

/// <summary>A node in this process. Nobody takes it for dead, however slow the machine is.</summary>
sealed class InnerNode : Node
{
    readonly WebApplication _app;
    bool _stopped;

    InnerNode(WebApplication app) => _app = app;

    public override Uri Url => new(_app.Urls.Single());

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<InnerNode> Start(Center center, params string[] settings)
    {
        var app = Silo.Node.Create(Settings(center, "00:10:00", settings), b => b.Logging.SetMinimumLevel(
            Environment.GetEnvironmentVariable("CARILLON_TEST_LOG") is { } level ? Enum.Parse<LogLevel>(level) : LogLevel.Error));
        await app.Services.GetRequiredService<Database>().OpenAsync();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>As by SIGTERM.</summary>
    public async Task Leave()
    {
        if (_stopped) return;
        _stopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public override ValueTask DisposeAsync() => new(Leave());
}
