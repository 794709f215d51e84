using System.Diagnostics.Metrics;

namespace Carillon.Calls;

/// <summary>What calls are measured by. Tags are outcomes only.</summary>
public sealed class CallMetrics : IDisposable
{
    readonly Meter _meter = new("Carillon.Calls");
    readonly Counter<long> _attempts;
    readonly Counter<long> _abandoned;
    readonly Histogram<double> _talk;

    public CallMetrics()
    {
        _attempts = _meter.CreateCounter<long>("carillon.call.attempts", "{attempt}", "Ended attempts, by outcome.");
        _abandoned = _meter.CreateCounter<long>("carillon.call.abandoned", "{call}", "Calls answered by a person who met no agent within the limit.");
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

    public void Dispose() => _meter.Dispose();
}
