using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Campaigns;

/// <summary>A campaign's calls of now, and what became of those since its start.</summary>
sealed class FlightBook
{
    readonly Dictionary<AttemptId, Flight> _flights = [];
    readonly Dictionary<Outcome, long> _outcomes = [];
    readonly int[] _placed = new int[60];
    long _placedSecond;

    public int Count => _flights.Count;

    public IEnumerable<AttemptId> Attempts => _flights.Keys;

    public ImmutableDictionary<Outcome, long> Outcomes => _outcomes.ToImmutableDictionary();

    public int In(CallState state) => _flights.Values.Count(f => f.State == state);

    public ImmutableDictionary<ServerId, int> UnderwayByServer =>
        _flights.Values.Where(f => f.IsUnderway).GroupBy(f => f.Server).ToImmutableDictionary(g => g.Key, g => g.Count());

    public ImmutableArray<AgentId> Reserved => [.. _flights.Values.Where(f => f.IsUnderway && f.Agent is not null).Select(f => f.Agent!.Value)];

    public void Place(AttemptIntent intent, AgentId? agent)
    {
        _flights[intent.Id] = new(intent.Server, agent, CallState.Queued, intent.At);
        Roll(intent.At);
        _placed[_placedSecond % 60]++;
    }

    /// <summary>A call of before, found in the store.</summary>
    public void Adopt(Attempt attempt) => _flights.TryAdd(attempt.Intent.Id, new(attempt.Intent.Server, null,
        attempt.BridgedAt is not null ? CallState.Bridged : attempt.AnsweredAt is not null ? CallState.Answered : CallState.Originating, attempt.Intent.At));

    /// <summary>Nothing was dialed for it.</summary>
    public void Withdraw(AttemptId attempt) => _flights.Remove(attempt);

    /// <summary>A report of a call that is not known counts its outcome only if the call was placed under this start.</summary>
    public void Apply(CallReport report)
    {
        if (!_flights.TryGetValue(report.Attempt, out var flight)) return;
        if (report.State != CallState.Ended)
        {
            _flights[report.Attempt] = flight with { State = report.State };
            return;
        }
        _flights.Remove(report.Attempt);
        if (report.Outcome is { } outcome) _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
    }

    public void ResetOutcomes(IEnumerable<KeyValuePair<Outcome, long>> counts)
    {
        _outcomes.Clear();
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

    sealed record Flight(ServerId Server, AgentId? Agent, CallState State, DateTimeOffset PlacedAt)
    {
        /// <summary>Will take an agent who has not been taken yet.</summary>
        public bool IsUnderway => State is not (CallState.Bridged or CallState.Ended);
    }
}
