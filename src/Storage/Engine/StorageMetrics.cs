using System.Diagnostics.Metrics;

namespace Carillon.Storage;

/// <summary>What databases are measured by, all of the process together.</summary>
static class StorageMetrics
{
    static readonly Meter Meter = new("Carillon.Storage");

    static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "carillon.storage.duration", "s", "Reads, and writes from being handed over to being durable.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] });

    sealed class Operation(string name)
    {
        public readonly KeyValuePair<string, object?> Tag = new("operation", name);
        public long Failures, Waiting;
    }

    static readonly Operation Read = new("read");
    static readonly Operation Write = new("write");

    static StorageMetrics()
    {
        // Observed, so that they are there from the first scrape on.
        Meter.CreateObservableCounter("carillon.storage.failures", () => Each(o => Volatile.Read(ref o.Failures)), "{operation}", "Reads and writes that failed.");
        Meter.CreateObservableUpDownCounter("carillon.storage.waiting", () => Each(o => Volatile.Read(ref o.Waiting)), "{operation}", "Reads and writes that are on their way.");
    }

    static Measurement<long>[] Each(Func<Operation, long> value) => [new(value(Read), Read.Tag), new(value(Write), Write.Tag)];

    public static Task<T> ReadAsync<T>(TimeProvider time, Func<Task<T>> work) => MeasureAsync(Read, time, work);

    public static Task<T> WriteAsync<T>(TimeProvider time, Func<Task<T>> work) => MeasureAsync(Write, time, work);

    static async Task<T> MeasureAsync<T>(Operation operation, TimeProvider time, Func<Task<T>> work)
    {
        var begun = time.GetTimestamp();
        Interlocked.Increment(ref operation.Waiting);
        try
        {
            return await work();
        }
        catch (StorageException)
        {
            Interlocked.Increment(ref operation.Failures);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref operation.Waiting);
            Duration.Record(time.GetElapsedTime(begun).TotalSeconds, operation.Tag);
        }
    }
}
