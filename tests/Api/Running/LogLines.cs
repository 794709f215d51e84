using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Api.Tests.Running;

/// <summary>Every line that a node logs, with its exception, down to the level Trace.</summary>
sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentBag<string> All { get; } = [];

    /// <param name="category">Lines of what begins so; null: of everything, also of the framework.</param>
    public void Watch(WebApplicationBuilder builder, string? category)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this);
        builder.Logging.AddFilter<LogLines>(category, LogLevel.Trace);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
        All.Add($"{formatter(state, exception)} {fields} {exception}");
    }

    public void Dispose() { }
}
