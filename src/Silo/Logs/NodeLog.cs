using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Carillon.Silo;

/// <summary>How the node's log looks, and what does not belong into it.</summary>
static class NodeLog
{
    public static void Write(this ILoggingBuilder log, LogFormat format)
    {
        // The console is the only way out: what else the framework writes to would get numbers as they are.
        log.ClearProviders();
        if (format == LogFormat.Json) log.AddJsonConsole(o => (o.TimestampFormat, o.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true));
        else log.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp, o.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss.fff ", true, LoggerColorBehavior.Disabled));
        MaskNumbers(log.Services);
        log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Errors of the node go to stderr, in words, by Program.
        log.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    /// <summary>Puts a mask on every formatter of the console.</summary>
    static void MaskNumbers(IServiceCollection services)
    {
        var formatters = services.Where(s => s.ServiceType == typeof(ConsoleFormatter)).Select(s => s.ImplementationType!).ToList();
        services.RemoveAll<ConsoleFormatter>();
        foreach (var formatter in formatters) services.AddSingleton<ConsoleFormatter>(s => new MaskedFormatter((ConsoleFormatter)ActivatorUtilities.CreateInstance(s, formatter)));
    }
}
