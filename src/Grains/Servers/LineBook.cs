using System.Collections.Immutable;
using Carillon.Pacing;

namespace Carillon.Servers;

/// <summary>
/// The places for calls on one server: channels and calls per second of the server and of each of its trunks. A place is granted, then taken by a call
/// until the call ends, or given back, or it lapses. Times are those of a clock that is never set.
/// </summary>
/// <param name="firstTicket">Differs between activations, so that a grant of an earlier one is never taken for one of this.</param>
/// <param name="since">Calls that an earlier activation placed may have started just before.</param>
sealed class LineBook(long firstTicket, TimeSpan since)
{
    /// <summary>How long a grant waits for its call. Longer than a campaign's round ever takes; short, because it blocks a channel.</summary>
    public static readonly TimeSpan GrantLifetime = TimeSpan.FromSeconds(2);

    readonly Dictionary<TrunkId, Trunk> _trunks = [];
    readonly Dictionary<long, (Trunk Trunk, LineRequest For, TimeSpan Until)> _grants = [];
    readonly LineShares _shares = new();
    readonly Dictionary<AttemptId, Place> _places = [];
    readonly CallsPerSecondBucket _starts = new(1, since);
    long _nextTicket = firstTicket;
    int _channels;
    int _waiting;

    public int Taken => _places.Count;

    public int TakenOn(TrunkId trunk) => _trunks.TryGetValue(trunk, out var t) ? t.Taken : 0;

    public void Configure(ServerConfig server, IReadOnlyDictionary<TrunkId, TrunkConfig> trunks, TimeSpan now)
    {
        _channels = server.Channels;
        _starts.SetRate(server.CallsPerSecond);
        // Calls may still run on a trunk that is gone.
        foreach (var (id, trunk) in _trunks)
            if (!trunks.ContainsKey(id)) trunk.Channels = 0;
        foreach (var (id, config) in trunks)
        {
            if (!_trunks.TryGetValue(id, out var trunk)) _trunks[id] = trunk = new(id, new(config.CallsPerSecond, now));
            trunk.Starts.SetRate(config.CallsPerSecond);
            trunk.Channels = config.Enabled ? config.Channels : 0;
            trunk.Priority = config.Priority;
        }
    }

    /// <summary>
    /// Grants up to as many places as are wanted, a trunk that is tried again first, then the one of the lowest
    /// priority number, among equals the emptiest, and of those that are equally empty the one that has waited longest. No more are granted than the next
    /// second can start, nor than are the campaign's by its share while others find too few.
    /// </summary>
    public ImmutableArray<LineGrant> Grant(LineRequest request, TimeSpan now)
    {
        Lapse(now);
        var room = Math.Min(_channels - _places.Count, _starts.Places - _starts.Underway - _waiting) - _grants.Count;
        var grants = ImmutableArray.CreateBuilder<LineGrant>();
        var usable = request.Trunks.Distinct().Select(t => _trunks.GetValueOrDefault(t)).OfType<Trunk>().ToList();
        foreach (var trunk in usable)
        {
            trunk.Allowed = trunk.Allow(now);
            // The few calls that find out whether it works again would otherwise always find an emptier one.
            trunk.IsTried = trunk.State(now) is TrunkState.Probing or TrunkState.Recovering;
        }
        var parts = _shares.Divide(request, usable.OrderBy(Rank).Select(t => (t.Id, t.Room)), room, now);
        while (grants.Count < request.Wanted && grants.Count < room && usable.Where(t => t.Room > 0 && parts?[t.Id] != 0).MinBy(Rank) is { } trunk)
        {
            if (parts is not null) parts[trunk.Id]--;
            var ticket = _nextTicket++;
            _grants[ticket] = (trunk, request, now + GrantLifetime);
            trunk.Granted++;
            trunk.LastTicket = ticket;
            grants.Add(new(ticket, trunk.Id));
        }
        _shares.Granted(request, grants.Count, ofServer: grants.Count >= room, now);
        return grants.ToImmutable();

        (int, int, double, long) Rank(Trunk trunk) => (trunk.IsTried ? 0 : 1, trunk.Priority, trunk.Load(now), trunk.LastTicket);
    }

    /// <summary>The place will not be used.</summary>
    public void Return(LineGrant grant)
    {
        if (!_grants.Remove(grant.Ticket, out var granted)) return;
        granted.Trunk.Granted--;
        _shares.TakeBack(granted.For.Campaign, granted.For.Share);
    }

    /// <summary>Turns a grant into a taken place. False if it lapsed or was never given, or if its trunk is gone: the call must not be placed.</summary>
    public bool Take(LineGrant grant, AttemptId attempt, TimeSpan now)
    {
        Lapse(now);
        if (!_grants.TryGetValue(grant.Ticket, out var granted) || granted.Trunk.Id != grant.Trunk) return false;
        _grants.Remove(grant.Ticket);
        granted.Trunk.Granted--;
        if (!granted.Trunk.IsUsable(now) || !_places.TryAdd(attempt, new(granted.Trunk))) return false;
        granted.Trunk.Taken++;
        granted.Trunk.Waiting++;
        granted.Trunk.Unproven++;
        _waiting++;
        return true;
    }

    /// <summary>A call of ours that is found on the server takes a place whether one is free or not.</summary>
    /// <param name="isStarting">It has yet to dial the number.</param>
    public void Adopt(AttemptId attempt, TrunkId trunk, bool isStarting, TimeSpan now)
    {
        if (!_trunks.TryGetValue(trunk, out var t)) _trunks[trunk] = t = new(trunk, new(1, now));
        if (!_places.TryAdd(attempt, new(t))) return;
        t.Taken++;
        var place = _places[attempt];
        place.Stage = isStarting ? Stage.Starting : Stage.Started;
        place.IsProven = true;
        if (!isStarting) return;
        _starts.Take();
        t.Starts.Take();
    }

    /// <summary>May a call that has a place start now, by calls per second? A yes counts until <see cref="Started"/>, and a second longer.</summary>
    public bool TryStart(AttemptId attempt, TimeSpan now)
    {
        if (!_places.TryGetValue(attempt, out var place) || place.Stage != Stage.Waiting) return false;
        if (!_starts.HasPlace(now) || !place.Trunk.Starts.HasPlace(now)) return false;
        _starts.Take();
        place.Trunk.Starts.Take();
        StopWaiting(place, Stage.Starting);
        place.Placed = now;
        return true;
    }

    /// <summary>By then the call had gone out, for certain; only the first time counts.</summary>
    public void Started(AttemptId attempt, TimeSpan at)
    {
        if (_places.TryGetValue(attempt, out var place)) Started(place, at);
    }

    /// <summary>What a call told of its trunk; only the first time counts.</summary>
    public void Tell(AttemptId attempt, TrunkResult result, TimeSpan now)
    {
        if (!_places.TryGetValue(attempt, out var place) || place.IsProven) return;
        Prove(place);
        place.Trunk.Health.Tell(result, place.Placed, now);
    }

    public TrunkState Health(TrunkId trunk, TimeSpan now) => _trunks.TryGetValue(trunk, out var t) ? t.State(now) : TrunkState.Healthy;

    public bool IsUnreachable(TrunkId trunk) => _trunks.TryGetValue(trunk, out var t) && t.IsUnreachable;

    public TrunkStatus Status(TrunkId trunk, TimeSpan now) => _trunks.TryGetValue(trunk, out var t)
        ? new() { Trunk = trunk, State = t.State(now), Calls = t.Taken, Usable = Math.Min(t.Allow(now).Calls, t.Channels), Failures = t.Health.Failures(now), Rests = t.Health.Rests }
        : new() { Trunk = trunk, State = TrunkState.Healthy, Calls = 0, Usable = 0 };

    /// <summary>Asterisk says whether the trunk's endpoint can be reached. Until it can, nothing is placed on it; then a rest that it had earned by its calls is over.</summary>
    public void Report(TrunkId trunk, bool isReachable, TimeSpan now)
    {
        if (!_trunks.TryGetValue(trunk, out var t)) return;
        if (t.IsUnreachable && isReachable) t.Health.EndRest(now);
        t.IsUnreachable = !isReachable;
    }

    static void Prove(Place place)
    {
        if (place.IsProven) return;
        place.IsProven = true;
        place.Trunk.Unproven--;
    }

    public void Release(AttemptId attempt, TimeSpan now)
    {
        if (!_places.Remove(attempt, out var place)) return;
        Prove(place);
        Started(place, now);
        if (place.Stage == Stage.Waiting) StopWaiting(place, Stage.Started);
        place.Trunk.Taken--;
    }

    /// <summary>How many calls may wait for their turn on the trunk, and how many on the server: as many as one second starts.</summary>
    public (int OnTrunk, int OnServer) MayWait(TrunkId trunk, TimeSpan now) =>
        (_trunks.TryGetValue(trunk, out var t) && t.IsUsable(now) ? t.Starts.Places : 0, _starts.Places);

    void Started(Place place, TimeSpan at)
    {
        if (place.Stage != Stage.Starting) return;
        place.Stage = Stage.Started;
        _starts.Arrived(at);
        place.Trunk.Starts.Arrived(at);
    }

    void StopWaiting(Place place, Stage next)
    {
        place.Stage = next;
        place.Trunk.Waiting--;
        _waiting--;
    }

    void Lapse(TimeSpan now)
    {
        foreach (var (ticket, grant) in _grants)
        {
            if (grant.Until > now) continue;
            Return(new(ticket, grant.Trunk.Id));
        }
    }

    sealed class Trunk(TrunkId id, CallsPerSecondBucket starts)
    {
        public TrunkId Id => id;
        public CallsPerSecondBucket Starts => starts;
        /// <summary>0 if nothing may be placed on it.</summary>
        public int Channels { get; set; }
        public int Taken { get; set; }
        public int Granted { get; set; }
        public int Waiting { get; set; }
        public int Priority { get; set; }
        public TrunkHealth Health { get; } = new();
        public bool IsUnreachable { get; set; }
        public TrunkState State(TimeSpan now) => IsUnreachable ? TrunkState.Resting : Health.State(now);
        public bool IsUsable(TimeSpan now) => Channels > 0 && State(now) != TrunkState.Resting;
        public TrunkAllowance Allow(TimeSpan now) => IsUnreachable ? new(0, 0) : Health.Allow(Channels, now);
        /// <summary>Calls that have not told yet whether the trunk works.</summary>
        public int Unproven { get; set; }
        public TrunkAllowance Allowed { get; set; }
        public bool IsTried { get; set; }
        public long LastTicket { get; set; }
        /// <summary>From 0, empty, to 1: by its channels, or by the calls of this second if these fill it more.</summary>
        public double Load(TimeSpan now) => Math.Max(
            (double)(Taken + Granted) / Math.Max(1, Allowed.Calls),
            1 - (double)(starts.Free(now) - Waiting - Granted) / starts.Places);
        public int Room => Math.Min(Math.Min(Allowed.Calls - Taken, Allowed.Unproven - Unproven), starts.Places - starts.Underway - Waiting) - Granted;
    }

    enum Stage { Waiting, Starting, Started }

    sealed class Place(Trunk trunk)
    {
        public Trunk Trunk => trunk;
        public Stage Stage { get; set; }
        public TimeSpan Placed { get; set; }
        public bool IsProven { get; set; }
    }
}
