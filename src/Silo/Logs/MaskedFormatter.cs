using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Carillon.Silo;

/// <summary>A formatter of the framework whose whole line, with state, scopes and exceptions, has its telephone numbers masked.</summary>
sealed class MaskedFormatter(ConsoleFormatter inner) : ConsoleFormatter(inner.Name), IDisposable
{
    [ThreadStatic]
    static StringWriter? _line;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = _line ??= new();
        inner.Write(logEntry, scopeProvider, line);
        textWriter.Write(NumberMask.Apply(line.ToString()));
        line.GetStringBuilder().Clear();
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
