using System.Diagnostics.Metrics;

namespace Carillon.Servers;

/// <summary>What servers are measured by. Tags are ids of servers and trunks, of which there are few.</summary>
public sealed class ServerMetrics : IDisposable
{
    static readonly InstrumentAdvice<double> Latency = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    };

    readonly Meter _meter = new("Carillon.Servers");
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
    }

    public void Sent(ServerId server, TimeSpan? sinceAgentFree)
    {
        _sent.Add(1, new KeyValuePair<string, object?>("server", server.Value));
        if (sinceAgentFree is { } wait) _agentWait.Record(wait.TotalSeconds);
    }

    public void Answered(ServerId server, string result) =>
        _results.Add(1, new("server", server.Value), new("result", result));

    public void Judged(TrunkId trunk, Pacing.TrunkResult result) => _trunkResults.Add(1, new("trunk", trunk.Value), new("result", result.ToString()));

    public void Digested(TimeSpan lag) => _eventLag.Record(lag.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
