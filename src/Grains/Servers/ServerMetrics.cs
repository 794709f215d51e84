using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Carillon.Ami;
using Carillon.Hosting;

namespace Carillon.Servers;

/// <summary>What servers are measured by. Tags are ids of servers and trunks, of which there are few.</summary>
public sealed class ServerMetrics : IDisposable
{
    static readonly InstrumentAdvice<double> Latency = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    /// <summary>One server as it stands on this node; without a client it is another node's, or nobody's.</summary>
    sealed record Standing(bool Online, AmiClient? Client);

    static readonly AmiCounters Nothing = new();

    readonly Meter _meter = new("Carillon.Servers");
    readonly BoundedTag _servers = new();
    readonly BoundedTag _trunks = new();
    readonly ConcurrentDictionary<string, Standing> _standing = new(StringComparer.Ordinal);
    ImmutableArray<ServerId> _wanted = [];
    readonly Counter<long> _sent;
    readonly Counter<long> _results;
    readonly Counter<long> _trunkResults;
    readonly Histogram<double> _agentWait;
    readonly Histogram<double> _eventLag;

    public ServerMetrics()
    {
        _sent = _meter.CreateCounter<long>("carillon.originates.sent", "{originate}", "Originates handed to the AMI connection.");
        _results = _meter.CreateCounter<long>("carillon.originates.results", "{originate}", "Answers of Asterisk to Originates, by result.");
        _trunkResults = _meter.CreateCounter<long>("carillon.trunk.results", "{call}", "What calls told of their trunks: reached, refused, silent.");
        _agentWait = _meter.CreateHistogram<double>("carillon.agent.free_to_originate", "s", "From an agent becoming free to the Originate of a call for them.", advice: Latency);
        _eventLag = _meter.CreateHistogram<double>("carillon.ami.event_to_decision", "s", "From an AMI event being read to the server grain having digested it.", advice: Latency);
        _meter.CreateObservableGauge("carillon.server.online", () => Read(s => s.Online ? 1L : 0), null, "1 on the node that holds the server's connection and is in step with it, else 0.");
        _meter.CreateObservableGauge("carillon.server.wanted", () => _wanted.Select(s => new Measurement<long>(1, Tag(s))), null, "1 on every node for each server that is configured and switched on: one of them should hold its connection.");
        _meter.CreateObservableGauge("carillon.ami.lag", () => Read(c => c.Lag.TotalSeconds), "s", "Age of the oldest AMI event that waits to be read.");
        _meter.CreateObservableGauge("carillon.ami.events.waiting", () => Read(c => (long)c.QueueLength), "{event}", "AMI events that wait to be read.");
        _meter.CreateObservableGauge("carillon.ami.actions.in_flight", () => Read(c => (long)c.InFlight), "{action}", "AMI actions that wait for their answer.");
        _meter.CreateObservableGauge("carillon.ami.action.latency", () => Read(c => c.ActionLatency.TotalSeconds), "s", "From an AMI action to its answer, the mean of about the last 16.");
        _meter.CreateObservableCounter("carillon.ami.events", () => Read(c => c.Events), "{event}", "AMI events taken in.");
        _meter.CreateObservableCounter("carillon.ami.events.shed", () => Read(c => c.Shed.Values.Sum()), "{event}", "AMI events of no consequence that were dropped under load.");
        _meter.CreateObservableCounter("carillon.ami.gaps", () => Read(c => c.Gaps), "{gap}", "Overflows after which a server was read anew.");
        _meter.CreateObservableCounter("carillon.ami.reconnects", () => Read(c => c.Reconnects), "{connection}", "AMI connections made again.");
    }

    public void Sent(ServerId server, TimeSpan? sinceAgentFree)
    {
        _sent.Add(1, Tag(server));
        if (sinceAgentFree is { } wait) _agentWait.Record(wait.TotalSeconds);
    }

    public void Answered(ServerId server, string result) =>
        _results.Add(1, Tag(server), new("result", result));

    public void Judged(TrunkId trunk, Pacing.TrunkResult result) => _trunkResults.Add(1, new("trunk", _trunks.Of(trunk.Value)), new("result", result.ToString()));

    public void Digested(TimeSpan lag) => _eventLag.Record(lag.TotalSeconds);

    /// <summary>A server that has gone to another node stays here with zeros: a series that only stopped would look as if it still stood.</summary>
    internal void Stands(ServerId server, bool online, AmiClient? client) => _standing[_servers.Of(server.Value)] = new(online, client);

    /// <summary>Servers that should be online on some node.</summary>
    internal void Want(IEnumerable<ServerId> servers) => _wanted = [.. servers];

    KeyValuePair<string, object?> Tag(ServerId server) => new("server", _servers.Of(server.Value));

    IEnumerable<Measurement<T>> Read<T>(Func<Standing, T> value) where T : struct =>
        _standing.Select(s => new Measurement<T>(value(s.Value), new KeyValuePair<string, object?>("server", s.Key)));

    IEnumerable<Measurement<T>> Read<T>(Func<AmiCounters, T> value) where T : struct => Read((Standing s) => value(s.Client?.Counters ?? Nothing));

    public void Dispose() => _meter.Dispose();
}
