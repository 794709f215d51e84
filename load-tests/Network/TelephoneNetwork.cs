namespace Carillon.Network;

/// <summary>
/// Several simulated Asterisk servers on loopback, the numbers that can be called through them, and the agents' phones.
/// One gate guards everything: AMI actions, alarms and the methods here run one at a time, so a run is deterministic as far as its inputs are.
/// </summary>
public sealed class TelephoneNetwork : IAsyncDisposable
{
    readonly Dictionary<string, Phone> _phones = [];
    readonly Dictionary<string, int> _attempts = [];
    readonly List<AmiSession> _dirty = [];

    public TelephoneNetwork(NetworkConfig config, TimeProvider? time = null)
    {
        Config = config;
        Time = time ?? TimeProvider.System;
        Scheduler = new(Time, Gate, config.Speed, config.Tick, Flush);
        Log = new(config.Log);
        Servers = [.. config.Servers.Select((server, index) => new Server(this, server, index))];
        Agents = [.. config.Agents.Select(agent => new Agent(this, agent))];
        foreach (var agent in Agents) _phones.Add(agent.Phone.Endpoint, agent.Phone);
        foreach (var agent in Agents) agent.LogIn();
    }

    public NetworkConfig Config { get; }
    public IReadOnlyList<Server> Servers { get; }
    public IReadOnlyList<Agent> Agents { get; }

    /// <summary>What really happened, call by call.</summary>
    public NetworkLog Log { get; }

    /// <summary>Calls of all servers now.</summary>
    public int ActiveCalls { get { lock (Gate) return Servers.Sum(s => s.Trunks.Sum(t => t.Active)); } }

    internal TimeProvider Time { get; }
    internal Lock Gate { get; } = new();
    internal Scheduler Scheduler { get; }

    /// <summary>Opens AMI on every server.</summary>
    public TelephoneNetwork Start()
    {
        foreach (var server in Servers) server.Start();
        return this;
    }

    /// <summary>The fate that the next call to this number would meet.</summary>
    public Fate NextFate(string number)
    {
        lock (Gate) return Fate.Of(Config.Seed, number, _attempts.GetValueOrDefault(number) + 1, Config.Fates);
    }

    internal (Fate Fate, int Attempt) Meet(string number)
    {
        var attempt = _attempts[number] = _attempts.GetValueOrDefault(number) + 1;
        return (Fate.Of(Config.Seed, number, attempt, Config.Fates), attempt);
    }

    internal Phone? PhoneOf(string endpoint, Server server) =>
        _phones.TryGetValue(endpoint, out var phone) && phone.Agent.KnownTo(server) ? phone : null;

    internal IEnumerable<Phone> Phones => _phones.Values;

    internal void MarkDirty(AmiSession session) => _dirty.Add(session);

    /// <summary>Sends what the last batch of work wrote, one write per session.</summary>
    internal void Flush()
    {
        foreach (var session in _dirty) session.Flush();
        _dirty.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers) server.Stop();
        Scheduler.Dispose();
        await Log.DisposeAsync();
    }
}
