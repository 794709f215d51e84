using Carillon.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>What it remembers by times of day, when the clock is set: it has calls, and cannot begin anew as others do.</summary>
sealed partial class ServerGrain
{
    readonly ClockWatch _clock = new(time);

    /// <summary>What happened so long ago still did.</summary>
    void LookAtClock()
    {
        if (_clock.Look() is not { } step) return;
        ClockSet(_log, Id.Value, step);
        foreach (var call in _calls.Calls) call.Shift(step);
        _members.Shift(step);
        _onlineUntil += step;
        _heardUntil = null;
        _link.Nudge();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server}: the clock was set by {Step}")]
    static partial void ClockSet(ILogger logger, string server, TimeSpan step);
}
