using System.Diagnostics;

namespace Carillon.Bench.Load;

/// <summary>The counters of both sides at one moment.</summary>
sealed record Reading(long At, TimeSpan ProductCpu, TimeSpan SimulatorCpu, long Placed, Histogram EventToDecision)
{
    public TimeSpan Since(Reading earlier) => Stopwatch.GetElapsedTime(earlier.At, At);
}

static class Meter
{
    public static async Task<Reading> Read(NodeProcess node, NodeApi api, Network.TelephoneNetwork network)
    {
        var metrics = await api.Metrics();
        node.Process.Refresh();
        return new(
            Stopwatch.GetTimestamp(), node.Process.TotalProcessorTime, Process.GetCurrentProcess().TotalProcessorTime, network.Log.Placed,
            Histogram.Read(metrics, "carillon_ami_event_to_decision_seconds"));
    }
}
