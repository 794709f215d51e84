using System.Diagnostics.Metrics;
using Carillon.Agents;
using Carillon.Hosting;

namespace Carillon.Queues;

/// <summary>What queues are measured by, over all queues of this node. An agent counts in each queue that they are in.</summary>
public sealed class QueueMetrics : IDisposable
{
    const string Paused = nameof(AgentStatus.Paused);

    readonly Meter _meter = new("Carillon.Queues");
    readonly Tally _agents = new("state", [.. Enum.GetNames<AgentState>(), Paused]);
    long _callers;

    public QueueMetrics()
    {
        _meter.CreateObservableUpDownCounter("carillon.agents", _agents.Read, "{agent}", "Agents who are logged in to queues, by what they do.");
        _meter.CreateObservableUpDownCounter("carillon.queue.callers", () => Volatile.Read(ref _callers), "{caller}", "Callers who wait in queues.");
    }

    /// <summary>An agent of one queue is no longer as they were; null: not in the queue.</summary>
    internal void Moved(AgentLine? before, AgentLine? after) => _agents.Move(State(before), State(after));

    public void Waiting(int more) => Interlocked.Add(ref _callers, more);

    static string? State(AgentLine? line) => line switch
    {
        null or { Status: AgentStatus.LoggedOut } => null,
        { State: AgentState.Idle, Status: AgentStatus.Paused } => Paused,
        _ => line.State.ToString(),
    };

    public void Dispose() => _meter.Dispose();
}
