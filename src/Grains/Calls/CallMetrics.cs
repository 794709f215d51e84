using System.Diagnostics.Metrics;
using Carillon.Hosting;

namespace Carillon.Calls;

/// <summary>What calls are measured by. Tags are outcomes and states only.</summary>
public sealed class CallMetrics : IDisposable
{
    readonly Meter _meter = new("Carillon.Calls");
    readonly Counter<long> _attempts;
    readonly Counter<long> _abandoned;
    readonly Histogram<double> _talk;
    readonly Tally _calls = new("state", [.. Enum.GetNames<CallState>().Where(s => s != nameof(CallState.Ended))]);

    public CallMetrics()
    {
        _attempts = _meter.CreateCounter<long>("carillon.call.attempts", "{attempt}", "Ended attempts, by outcome.");
        _abandoned = _meter.CreateCounter<long>("carillon.call.abandoned", "{call}", "Calls answered by a person who met no agent within the limit.");
        _meter.CreateObservableUpDownCounter("carillon.calls", _calls.Read, "{call}", "Calls of campaigns that this node follows now, by state.");
        _talk = _meter.CreateHistogram<double>("carillon.call.talk", "s", "From customer and agent being joined to the end.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 20, 30, 60, 120, 180, 300, 600, 1200, 3600] });
    }

    public void Ended(Attempt attempt)
    {
        if (attempt.Outcome is not { } outcome) return;
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        if (attempt.Abandoned) _abandoned.Add(1);
        if (attempt.Talk is { } talk) _talk.Record(talk.TotalSeconds);
    }

    /// <summary>A call is no longer in one state but in another; null: it is none that counts, not yet or no more.</summary>
    public void Moved(CallState? before, CallState? after) => _calls.Move(before?.ToString(), after?.ToString());

    public void Dispose() => _meter.Dispose();
}
