using Carillon.Ami;

namespace Carillon.Bench;

/// <summary>What an AMI event costs: parsed alone and through the whole client, beside what the machine itself gives.</summary>
static class AmiBench
{
    public static async Task RunAsync(BenchOptions options)
    {
        var figures = new Figures(options.Json);
        var part = options.For / 7;
        var catalog = new EventCatalog(AmiEventNames.Dialer, AmiEventNames.Droppable);
        var typed = AmiStream.Of(kind => kind is { Wanted: true }, catalog);
        var ignored = AmiStream.Of(kind => kind is not { Wanted: true }, catalog);

        (string, object)[] size = [("event bytes", typed.BytesPerEvent), ("headers", typed.HeadersPerEvent)];
        (string, object)[] ignoredSize = [("event bytes", ignored.BytesPerEvent), ("headers", ignored.HeadersPerEvent)];
        var parsed = AmiParserBench.Parse(typed, catalog, decode: true, part);
        Add("ami.parse.typed.time", parsed.Times, [.. size, ("bar", 500)]);
        figures.Add("ami.parse.typed.memory", parsed.BytesPerEvent, "B/event", [.. size, ("bar", 160)]);
        var skipped = AmiParserBench.Parse(ignored, catalog, decode: false, part);
        Add("ami.parse.ignored.time", skipped.Times, ignoredSize);
        figures.Add("ami.parse.ignored.memory", skipped.BytesPerEvent, "B/event", [.. ignoredSize, ("bar", 0)]);
        Add("ami.memcpy", AmiParserBench.Copy(typed, part / 2), size);
        figures.Add("ami.loopback.discard", await AmiSocketBench.DiscardAsync(typed, part), "events/s", size);
        figures.Add("ami.loopback.client", await AmiSocketBench.ClientAsync(typed, part), "events/s", size);
        var (cold, warm) = await AmiSocketBench.LatencyAsync(2000, part);
        figures.Add("ami.latency.cold.p99", cold[cold.Length * 99 / 100], "us", ("rate", "2000 events/s"), ("events", cold.Length));
        foreach (var percent in new[] { 50, 99 })
            figures.Add($"ami.latency.p{percent}", warm[warm.Length * percent / 100], "us", ("rate", "2000 events/s"), ("events", warm.Length));
        figures.Add("ami.core.best", CoreProbe.Best, "ns/round");

        void Add(string name, PassTimes times, (string, object)[] parameters)
        {
            figures.Add($"{name}.best", times.Best, "ns/event", [.. parameters, ("passes", times.Passes)]);
            figures.Add($"{name}.median", times.Median, "ns/event", [.. parameters, ("passes", times.Passes)]);
            if (times.WholePasses > 0) figures.Add($"{name}.whole", times.Whole, "ns/event", [.. parameters, ("passes", times.WholePasses)]);
            figures.Add($"{name}.cpu", times.MeanCpu, "ns/event", [.. parameters, ("passes", times.Passes)]);
        }
    }
}
