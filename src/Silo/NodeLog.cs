using Microsoft.Extensions.Logging.Console;

namespace Carillon.Silo;

/// <summary>How the node's log looks, and what does not belong into it.</summary>
static class NodeLog
{
    public static void Write(this ILoggingBuilder log, LogFormat format)
    {
        if (format == LogFormat.Json) log.AddJsonConsole(o => (o.TimestampFormat, o.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true));
        else log.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp, o.ColorBehavior) = (true, "yyyy-MM-dd HH:mm:ss.fff ", true, LoggerColorBehavior.Disabled));
        log.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Errors of the node go to stderr, in words, by Program.
        log.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
