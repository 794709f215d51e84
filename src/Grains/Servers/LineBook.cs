using System.Collections.Immutable;
using Carillon.Pacing;

namespace Carillon.Servers;

/// <summary>
/// The places for calls on one server: channels and calls per second of the server and of each of its trunks. A place is granted, then taken by a call
/// until the call ends, or given back, or it lapses.
/// </summary>
sealed class LineBook
{
    /// <summary>How long a grant waits for its call. Longer than a campaign's round ever takes; short, because it blocks a channel.</summary>
    public static readonly TimeSpan GrantLifetime = TimeSpan.FromSeconds(2);

    readonly Dictionary<TrunkId, Trunk> _trunks = [];
    readonly Dictionary<long, (TrunkId Trunk, DateTimeOffset Until)> _grants = [];
    readonly Dictionary<AttemptId, TrunkId> _taken = [];
    long _nextTicket;
    int _channels;
    double _rate = 1;
    readonly CallsPerSecondBucket _starts = new(1);

    public int Taken => _taken.Count;

    public int TakenOn(TrunkId trunk) => _taken.Values.Count(t => t == trunk);

    /// <param name="firstTicket">Differs between activations, so that a grant of an earlier one is never taken for one of this.</param>
    public void Begin(long firstTicket) => _nextTicket = firstTicket;

    public void Configure(ServerConfig server, IReadOnlyDictionary<TrunkId, TrunkConfig> trunks)
    {
        _channels = server.Channels;
        _starts.SetRate(_rate = server.CallsPerSecond);
        foreach (var gone in _trunks.Keys.Where(t => !trunks.ContainsKey(t)).ToList()) _trunks.Remove(gone);
        foreach (var (id, config) in trunks)
        {
            var starts = _trunks.TryGetValue(id, out var known) ? known.Starts : new(config.CallsPerSecond);
            starts.SetRate(config.CallsPerSecond);
            _trunks[id] = new(starts, config.CallsPerSecond, config.Enabled ? config.Channels : 0);
        }
    }

    /// <summary>
    /// Grants up to <paramref name="wanted"/> places, the emptiest trunk first. <paramref name="pending"/> calls already wait for their turn; no more
    /// are granted than the next second can start.
    /// </summary>
    public ImmutableArray<LineGrant> Grant(IEnumerable<TrunkId> trunks, int wanted, int pending, DateTimeOffset now)
    {
        Lapse(now);
        var room = Math.Min(_channels - _taken.Count, (int)Math.Ceiling(_rate) - pending) - _grants.Count;
        var grants = ImmutableArray.CreateBuilder<LineGrant>();
        var usable = trunks.Where(_trunks.ContainsKey).Distinct().ToDictionary(t => t, t => Math.Min(
            _trunks[t].Channels - TakenOn(t) - GrantedOn(t), (int)Math.Ceiling(_trunks[t].Rate)));
        while (grants.Count < wanted && grants.Count < room && usable.Count > 0)
        {
            var (trunk, left) = usable.MaxBy(t => t.Value);
            if (left <= 0) break;
            usable[trunk] = left - 1;
            var ticket = _nextTicket++;
            _grants[ticket] = (trunk, now + GrantLifetime);
            grants.Add(new(ticket, trunk));
        }
        return grants.ToImmutable();
    }

    public void Return(LineGrant grant) => _grants.Remove(grant.Ticket);

    /// <summary>Turns a grant into a taken place. False if it lapsed or was never given: the call must not be placed.</summary>
    public bool Take(LineGrant grant, AttemptId attempt, DateTimeOffset now)
    {
        Lapse(now);
        if (!_grants.Remove(grant.Ticket, out var granted) || granted.Trunk != grant.Trunk) return false;
        return _taken.TryAdd(attempt, grant.Trunk);
    }

    /// <summary>A call of ours that is found on the server takes a place whether one is free or not.</summary>
    public void Adopt(AttemptId attempt, TrunkId trunk) => _taken.TryAdd(attempt, trunk);

    public void Release(AttemptId attempt) => _taken.Remove(attempt);

    /// <summary>May a call start on the trunk now, by calls per second? A yes counts as the start.</summary>
    public bool TryStart(TrunkId trunk, DateTimeOffset now)
    {
        if (!_trunks.TryGetValue(trunk, out var t) || _starts.NextAt > now || t.Starts.NextAt > now) return false;
        return _starts.TryTake(now) && t.Starts.TryTake(now);
    }

    int GrantedOn(TrunkId trunk) => _grants.Values.Count(g => g.Trunk == trunk);

    void Lapse(DateTimeOffset now)
    {
        foreach (var (ticket, grant) in _grants)
            if (grant.Until <= now) _grants.Remove(ticket);
    }

    sealed record Trunk(CallsPerSecondBucket Starts, double Rate, int Channels);
}
