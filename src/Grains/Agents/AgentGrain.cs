using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Agents;

sealed class AgentGrain(AgentTimeBook times, TimeProvider time) : Grain, IAgentGrain
{
    /// <summary>News that are older by more are none that was overtaken: the clock was set back.</summary>
    static readonly TimeSpan MostOvertaken = TimeSpan.FromMinutes(1);

    /// <summary>For the agent's time to be written when their node leaves.</summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    readonly Dictionary<QueueId, AgentSighting> _sightings = [];
    readonly WorkClock _clock = new();
    AgentSnapshot? _snapshot;

    AgentId Id => new(this.GetPrimaryKeyString());

    public Task Seen(AgentSighting sighting)
    {
        var knows = _sightings.TryGetValue(sighting.Queue, out var known);
        if (knows && known!.At > sighting.At && known.At - sighting.At < MostOvertaken) return Task.CompletedTask;
        if (sighting.Seats.IsEmpty) _sightings.Remove(sighting.Queue);
        else _sightings[sighting.Queue] = sighting;
        // A queue that was lost with its node never says that they have left; what one tells again must not hide what another one has seen since.
        var lost = _sightings.Values.Where(s => sighting.At - s.At > WorkClock.Silence).Select(s => s.Queue).ToList();
        foreach (var queue in lost) _sightings.Remove(queue);
        if (!(knows && sighting.Again && lost.Count == 0)) _snapshot = AgentView.Of(Id, _sightings.Values, _snapshot, sighting);
        Count(sighting.At);
        return Task.CompletedTask;
    }

    /// <summary>They are as they were until now, as far as anybody knows, and whoever has them next begins with what is seen then.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Count(time.GetUtcNow()))
            await times.Write().WaitAsync(LastWords, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    bool Count(DateTimeOffset until)
    {
        var snapshot = _snapshot ?? AgentView.Unseen(Id);
        if (_clock.Seen(Id, AgentPlaces.Of(snapshot.Status, snapshot.State), snapshot.PausedReason, until) is not { } spell) return false;
        times.Add(spell);
        return true;
    }

    public Task<AgentSnapshot> GetSnapshot() => Task.FromResult(_snapshot ?? AgentView.Unseen(Id));

    public async Task<string?> SetPaused(bool paused, string? reason)
    {
        var seats = _sightings.Values.SelectMany(s => s.Seats).Distinct().ToList();
        if (seats.Count == 0) return $"agent {Id} is a member of no queue that is in reach";
        var refusals = await Task.WhenAll(seats.Select(s => GrainFactory.Server(s.Server).PauseMember(s.Interface, paused, reason)));
        return refusals.FirstOrDefault(r => r is not null);
    }
}

/// <summary>One agent, as all queues together see them.</summary>
static class AgentView
{
    public static AgentSnapshot Unseen(AgentId id) => new() { Agent = id, Name = id.Value, Status = AgentStatus.LoggedOut, State = AgentState.Idle };

    /// <summary>The newest sighting tells the line's state; who is available in any queue is available.</summary>
    public static AgentSnapshot Of(AgentId id, IReadOnlyCollection<AgentSighting> sightings, AgentSnapshot? before, AgentSighting newest)
    {
        var status = sightings.Count == 0 ? AgentStatus.LoggedOut
            : sightings.Any(s => s.Status == AgentStatus.Available) ? AgentStatus.Available
            : sightings.Any(s => s.Status == AgentStatus.Paused) ? AgentStatus.Paused : AgentStatus.LoggedOut;
        var state = sightings.Count == 0 ? AgentState.Idle : newest.State;
        return new()
        {
            Agent = id,
            Name = newest.Name,
            Status = status,
            StatusSince = before is not null && before.Status == status ? before.StatusSince : newest.At,
            State = state,
            StateSince = before is not null && before.State == state ? before.StateSince : newest.At,
            PausedReason = status == AgentStatus.Paused ? sightings.First(s => s.Status == AgentStatus.Paused).PausedReason : null,
            Queues = [.. sightings.Select(s => s.Queue).ToImmutableSortedSet(Comparer<QueueId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)))],
        };
    }
}
