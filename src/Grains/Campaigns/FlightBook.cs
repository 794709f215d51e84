using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Campaigns;

/// <summary>A campaign's calls of now, and what became of those since its start.</summary>
sealed class FlightBook
{
    readonly Dictionary<AttemptId, Flight> _flights = [];
    readonly int[] _in = new int[Enum.GetValues<CallState>().Length];
    readonly Dictionary<ServerId, int> _on = [];
    readonly Dictionary<ServerId, int> _underway = [];
    readonly Dictionary<AttemptId, AgentId> _reserved = [];
    readonly Dictionary<AttemptId, bool> _onTheirWay = [];
    HashSet<AttemptId>? _endedMeanwhile;
    readonly Dictionary<Outcome, long> _outcomes = [];
    readonly VerdictBook _verdicts = new();
    int _unjudged;
    int _wantAgents;
    int _unjudgedForAgents;
    readonly int[] _placed = new int[60];
    long _placedSecond;

    public int Count => _flights.Count;

    public ImmutableDictionary<Outcome, long> Outcomes => _outcomes.ToImmutableDictionary();

    public int In(CallState state) => _in[(int)state];

    /// <summary>Answered and waiting for an agent: while AMD listens, nobody waits in the queue yet.</summary>
    public int Waiting(bool detection) => In(CallState.Answered) - (detection ? _unjudged : 0);

    /// <summary>Those of them that wait in the queue: calls of the Agentless mode, which may still be under way when it is left, do not.</summary>
    public int WaitingInQueue(bool detection) => _wantAgents - (detection ? _unjudgedForAgents : 0);

    /// <summary>Servers with calls of the campaign.</summary>
    public IEnumerable<ServerId> Servers => _on.Where(s => s.Value > 0).Select(s => s.Key);

    public ImmutableDictionary<ServerId, int> ByServer => _on.Where(s => s.Value > 0).ToImmutableDictionary();

    public int On(ServerId server) => _on.GetValueOrDefault(server);

    /// <summary>AMD's verdicts since the start, and the mean time to them of late.</summary>
    public DetectionProgress? Detection => _verdicts.Progress;

    public ImmutableDictionary<ServerId, int> UnderwayByServer => _underway.Where(s => s.Value > 0).ToImmutableDictionary();

    public ImmutableArray<AgentId> Reserved => [.. _reserved.Values];

    /// <summary>Calls that have met no agent yet, by server.</summary>
    public IEnumerable<IGrouping<ServerId, Flight>> Underway => _flights.Values.Where(f => f.IsUnderway).GroupBy(f => f.Intent.Server);

    public IReadOnlyCollection<Flight> All => _flights.Values;

    public Flight? Find(AttemptId attempt) => _flights.GetValueOrDefault(attempt);

    /// <summary>Calls of which it is not known yet that the number was dialed, and whether they ring the agent first.</summary>
    public IReadOnlyDictionary<AttemptId, bool> OnTheirWay => _onTheirWay;

    /// <param name="chance">How likely it is answered, 0 to 1.</param>
    public void Place(AttemptIntent intent, AgentId? agent, double chance, bool agentFirst = false)
    {
        Set(intent.Id, new(intent, agent, CallState.Queued, chance) { IsAgentFirst = agentFirst });
        Roll(intent.At);
        _placed[_placedSecond % 60]++;
    }

    /// <summary>A call of before, found in the store.</summary>
    /// <param name="campaign">The campaign's rules.</param>
    /// <returns>Null: it is known already.</returns>
    public Flight? Adopt(Attempt attempt, CallRules campaign)
    {
        if (_flights.ContainsKey(attempt.Intent.Id)) return null;
        var (rules, known) = (CampaignRules.Of(attempt.Intent, campaign), CallProgress.Of(attempt));
        var state = attempt.BridgedAt is not null ? CallState.Bridged : attempt.AnsweredAt is not null ? CallState.Answered : CallState.Originating;
        var flight = new Flight(attempt.Intent, attempt.Intent.For, state, 1)
        {
            IsAgentFirst = rules.AgentFirst,
            IsJudged = attempt.Verdict is not null,
            AnsweredAt = attempt.AnsweredAt,
            ReadyAt = CallMachine.ReadyAt(known, rules),
            WasAbandoned = CallMachine.WasAbandoned(known, rules),
        };
        Set(attempt.Intent.Id, flight);
        return flight;
    }

    /// <summary>The store is about to be read: a call that ends until <see cref="EndCheck"/> is over, though the store may have been read before.</summary>
    public void BeginCheck() => _endedMeanwhile = [];

    /// <summary>What only the store knows is a call of before. What the store does not have as open is over, or was placed meanwhile: its record tells.</summary>
    /// <returns>Calls that the store did not have as open, and those of before.</returns>
    public (List<AttemptId> Gone, List<Flight> Found) EndCheck(IReadOnlyCollection<Attempt> open, CallRules campaign)
    {
        var ids = open.Select(a => a.Intent.Id).ToHashSet();
        var gone = _flights.Keys.Where(a => !ids.Contains(a)).ToList();
        List<Flight> found = [.. open.Where(a => _endedMeanwhile?.Contains(a.Intent.Id) != true).Select(a => Adopt(a, campaign)).OfType<Flight>()];
        _endedMeanwhile = null;
        return (gone, found);
    }

    /// <summary>What was not heard of calls that the store does not have as open, by their records. Those without one were withdrawn.</summary>
    public List<CallReport> Missed(IReadOnlyCollection<AttemptId> gone, IReadOnlyCollection<Attempt> records)
    {
        foreach (var call in gone.Except(records.Select(r => r.Intent.Id))) Withdraw(call);
        return [.. records.Where(r => r.EndedAt is not null).Select(CallReport.Of)];
    }

    /// <summary>Nothing was dialed for it.</summary>
    public void Withdraw(AttemptId attempt) => Set(attempt, null);

    /// <summary>A report of a call that is not known counts its outcome only if the call was placed under this start.</summary>
    public void Apply(CallReport report)
    {
        if (report.State == CallState.Ended) _endedMeanwhile?.Add(report.Attempt);
        if (!_flights.TryGetValue(report.Attempt, out var flight)) return;
        if (!flight.IsJudged && report.Detection is { } detection) _verdicts.Add(detection);
        if (report.State != CallState.Ended)
        {
            Set(report.Attempt, flight with
            {
                State = report.State,
                IsJudged = flight.IsJudged || report.Detection is not null,
                ReadyAt = flight.ReadyAt ?? report.ReadyAt,
                AnsweredAt = flight.AnsweredAt ?? (report.State == CallState.Answered ? report.At : null),
                WasAbandoned = flight.WasAbandoned || report.Abandoned,
            });
            return;
        }
        Set(report.Attempt, null);
        if (report.Outcome is { } outcome) _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
    }

    public void ResetOutcomes(IEnumerable<KeyValuePair<Outcome, long>> counts)
    {
        _outcomes.Clear();
        _verdicts.Clear();
        foreach (var (outcome, count) in counts) _outcomes[outcome] = count;
    }

    /// <summary>Calls placed in the last 60 seconds.</summary>
    public int PlacedLastMinute(DateTimeOffset now)
    {
        Roll(now);
        return _placed.Sum();
    }

    void Roll(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second - _placedSecond >= 60) Array.Clear(_placed);
        else for (var s = _placedSecond + 1; s <= second; s++) _placed[s % 60] = 0;
        _placedSecond = Math.Max(_placedSecond, second);
    }

    /// <summary>Counts go along with each change: they are asked for several times a round.</summary>
    void Set(AttemptId attempt, Flight? flight)
    {
        if (_flights.Remove(attempt, out var before)) Tally(before, -1);
        _reserved.Remove(attempt);
        _onTheirWay.Remove(attempt);
        if (flight is null) return;
        _flights.Add(attempt, flight);
        Tally(flight, 1);
        if (flight.IsOnItsWay) _onTheirWay.Add(attempt, flight.IsAgentFirst);
        if (flight is { IsUnderway: true, Agent: { } agent }) _reserved.Add(attempt, agent);
    }

    void Tally(Flight flight, int by)
    {
        _in[(int)flight.State] += by;
        _on[flight.Intent.Server] = On(flight.Intent.Server) + by;
        if (flight is { State: CallState.Answered, Intent.Queue: not null }) _wantAgents += by;
        if (flight is { State: CallState.Answered, Intent.Queue: not null, IsJudged: false }) _unjudgedForAgents += by;
        if (flight is { State: CallState.Answered, IsJudged: false }) _unjudged += by;
        if (flight.IsUnderway) _underway[flight.Intent.Server] = _underway.GetValueOrDefault(flight.Intent.Server) + by;
    }
}

/// <summary>One call of a campaign.</summary>
/// <param name="Chance">How likely it was to be answered when it was placed; 1 for a call that was found again.</param>
sealed record Flight(AttemptIntent Intent, AgentId? Agent, CallState State, double Chance)
{
    /// <summary>Will take an agent who has not been taken yet. One that was placed for a message or a script never does, whatever the campaign's mode is now.</summary>
    public bool IsUnderway => Intent.Queue is not null && State is not (CallState.Bridged or CallState.Ended);

    /// <summary>The agent is rung before the number is dialed.</summary>
    public bool IsAgentFirst { get; init; }

    /// <summary>The number may not have been dialed yet. Agent first, that it was is certain only when it rings: before, the same state tells that the agent is there.</summary>
    public bool IsOnItsWay => State == CallState.Queued || IsAgentFirst && State == CallState.Originating;

    /// <summary>When a person was on the line and wanted an agent; null until then, and for a machine.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>A person answered and wants an agent, or has had one.</summary>
    public bool WasAnswered => ReadyAt is not null;

    public bool WasAbandoned { get; init; }

    /// <summary>By a person or a machine.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>AMD has come to its verdict.</summary>
    public bool IsJudged { get; init; }

    /// <summary>For how long AMD has listened to it; null: it does not.</summary>
    public TimeSpan? Listened(DateTimeOffset now) => State == CallState.Answered && !WasAnswered && !IsJudged ? now - AnsweredAt : null;
}
