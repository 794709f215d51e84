using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Campaigns;

/// <summary>Deciding and dialing.</summary>
sealed partial class CampaignGrain
{
    /// <summary>Without news, decisions are this far apart.</summary>
    static readonly TimeSpan QuietInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>With news, they are at least this far apart.</summary>
    static readonly TimeSpan NewsInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Calls placed in one round at most, so that a round stays short and a stop quick.</summary>
    const int MaxPerRound = 64;

    /// <summary>How long a server without lines is left out, so that agents who could be served elsewhere are.</summary>
    static readonly TimeSpan FullServerRest = TimeSpan.FromMilliseconds(500);

    static readonly TimeSpan FlightCheckInterval = TimeSpan.FromSeconds(30);

    static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(15);

    readonly Dictionary<ServerId, DateTimeOffset> _fullUntil = [];
    readonly HashSet<AttemptId> _inDoubt = [];
    Task _round = Task.CompletedTask;
    DateTimeOffset _decidedAt;
    DateTimeOffset _decidedBefore;
    DateTimeOffset _flightsCheckedAt;
    bool _news;
    (int Leads, DateTimeOffset Until) _noWay;
    int _agentsFree;
    int _agentsLoggedIn;
    int _unused;

    public Task AgentsChanged()
    {
        DecideSoon();
        return Task.CompletedTask;
    }

    /// <summary>However much is new, it is one decision: news that each waited for a round of their own would pile up behind it.</summary>
    void DecideSoon()
    {
        if (_news) return;
        _news = true;
        var wait = _decidedAt + NewsInterval - time.GetUtcNow();
        _ticking?.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, TickInterval);
    }

    void KeepTicking()
    {
        var active = _status is CampaignStatus.Running or CampaignStatus.Paused or CampaignStatus.Draining;
        if (active && _ticking is null)
            _ticking = this.RegisterGrainTimer(Tick, new() { DueTime = TickInterval, Period = TickInterval, KeepAlive = true });
        if (active) return;
        _ticking?.Dispose();
        _ticking = null;
    }

    async Task Tick(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_status is not (CampaignStatus.Running or CampaignStatus.Draining)) return;
        if (now - _decidedAt < (_news ? NewsInterval : QuietInterval)) return;
        (_decidedBefore, _decidedAt, _news) = (_decidedAt, now, false);
        // Stop interleaves with this and waits for the round.
        await (_round = Round(now));
        if (_finished is { } status && _status is CampaignStatus.Running or CampaignStatus.Draining) await Become(status);
        _finished = null;
    }

    CampaignStatus? _finished;

    async Task Round(DateTimeOffset now)
    {
        try
        {
            await TakeBackInDoubt();
            await CheckFlights(now);
            if (_setupIsStale) await ReadSetup();
            if (_status == CampaignStatus.Draining)
            {
                _why = Said(_status);
                if (_flights.Count == 0) _finished = CampaignStatus.Stopped;
                // Its calls still want agents, whom other campaigns must not count on.
                else if (_setup is { IsAgentless: false } setup) await Ask(setup, setup.DialsAhead ? ClaimAhead(setup, 0, now) : Claim(setup, 0, now));
            }
            else if (_setup is null) _why = _setupProblem!;
            else await Dial(_setup, now);
            // For the estimate of the end, also when nobody asks in between.
            if (now - _countedAt >= CountInterval) await CountLeads(now);
        }
        catch (Exception e) when (e is StorageException or TimeoutException or OrleansException)
        {
            _why = e is StorageException ? $"The database does not answer: {e.Message}" : $"A part of the cluster does not answer: {e.Message}";
            RoundFailed(log, Id.Value, e);
        }
    }

    async Task Dial(CampaignSetup setup, DateTimeOffset now)
    {
        var open = setup.Open(now);
        if (_leadsAreStale) _buffer.Clear();
        _leadsAreStale = false;
        if (setup.Campaign.Mode == PacingMode.Preview)
        {
            await RoundOfPreview(setup, open, now);
            return;
        }
        if (_preview.Offers.Count > 0) await TakeBack([.. _preview.Offers]);
        await DialHeld(setup, open, now);
        var wanted = Room(setup);
        // With a rate of its own one more than may start now: that there is one tells what the campaign waits for.
        var needed = setup.Campaign.Traffic.CallsPerSecond is null ? wanted : wanted + 1;
        if (open != OpenColumns.None && await _buffer.Fill(needed, open, setup.Campaign.Order, new(Id, setup, subscribers), now) is var putOff and > 0)
        {
            _noWay = (putOff + (now < _noWay.Until ? _noWay.Leads : 0), now + LeadSieve.NoWayRest);
            _news = true;
        }
        if (open != OpenColumns.None && _buffer.Count == 0 && _flights.Count == 0 && await IsThrough())
        {
            _finished = CampaignStatus.Finished;
            return;
        }
        if (setup.IsAgentless)
        {
            await DialWithoutAgents(setup, open, wanted, now);
            return;
        }
        if (setup.DialsAhead)
        {
            await DialAhead(setup, open, Math.Min(wanted, _buffer.Count), now);
            return;
        }
        var grant = await Ask(setup, Claim(setup, open == OpenColumns.None ? 0 : Math.Min(wanted, _buffer.Count), now));
        var decision = PacingRules.Decide(
            new()
            {
                ScheduleOpen = open != OpenColumns.None,
                AgentsLoggedIn = grant.AgentsLoggedIn,
                AgentsFree = grant.AgentsFree,
                InboundWaiting = grant.InboundWaiting,
                Underway = grant.Underway,
                CampaignCalls = _flights.Count,
                LeadsDue = wanted > _buffer.Count ? _buffer.Count : int.MaxValue,
            },
            new() { Channels = setup.Campaign.Channels, AgentFirst = setup.Campaign.AgentFirst });
        _why = await Explain(setup, open, grant.Problem, decision, now);
        decision = Limit(decision, grant, wanted);
        ExplainMore(now);
        metrics.Decided(Id, decision.LimitedBy);
        Note(Moment(decision, null, now) with { Placed = await Place(setup, [.. grant.Slots.Take(decision.Calls)], now) });
    }

    void ExplainMore(DateTimeOffset now)
    {
        if (now < _noWay.Until) _why += $" {_noWay.Leads} leads were put off: no trunk of the campaign has a prefix of their numbers.";
    }

    /// <summary>How many calls may be placed now by the campaign's own limits.</summary>
    int Room(CampaignSetup setup)
    {
        _starts.SetRate(setup.Campaign.Traffic.CallsPerSecond);
        SeeStarts();
        return Math.Clamp(Math.Min(setup.Campaign.Channels - _flights.Count, _starts.Left(Uptime)), 0, MaxPerRound);
    }

    void SeeStarts() => _starts.See(_flights.OnTheirWay, Uptime);

    /// <summary>What the laws of pacing do not know of: the campaign's own calls per second, and its share of the agents.</summary>
    PacingDecision Limit(PacingDecision decision, QueueGrant? grant, int wanted)
    {
        if (grant is { LeftToOthers: > 0 and var left })
        {
            _why += $" {left} {(left == 1 ? "call is" : "calls are")} left to other campaigns, which are behind their shares of the agents.";
            return decision with { LimitedBy = LimitingFactor.Shares };
        }
        if (!IsHeldByRate(decision, grant, wanted)) return decision;
        // Its places come back one after the other, of which there is no news.
        _news = true;
        _why += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" The campaign starts at most {_setup!.Campaign.Traffic.CallsPerSecond} calls a second.");
        return decision with { LimitedBy = LimitingFactor.CallsPerSecond };
    }

    bool IsHeldByRate(PacingDecision decision, QueueGrant? grant, int wanted)
    {
        if (_setup is not { Campaign: { Traffic.CallsPerSecond: not null } campaign } || decision.LimitedBy is LimitingFactor.Schedule or LimitingFactor.NoAgents or LimitingFactor.AgentsBusy) return false;
        var left = _starts.Left(Uptime);
        return left < Math.Min(MaxPerRound, Math.Min(campaign.Channels - _flights.Count, _buffer.Count)) && (grant?.Slots.Length ?? wanted) >= wanted;
    }

    /// <returns>How many were placed.</returns>
    async Task<int> Place(CampaignSetup setup, IReadOnlyList<AgentSlot> slots, DateTimeOffset now)
    {
        if (slots.Count == 0) return 0;
        var round = NewRound(setup);
        await Run(round, slots);
        if (round.Unserved.Count == 0) return round.Placed;
        var full = round.Full.ToList();
        if (full.Count > 0) _why += $" No line is left on {string.Join(", ", full)}.";
        // Where there is room, leads of further back may be for it; if none is, the agents had better be asked for elsewhere.
        var leftOut = full.Count < round.Unserved.Count && MakeRoom(setup, round, now) ? full : [.. round.Unserved];
        if (full.Count > 0 || _buffer.Count > 0) foreach (var server in leftOut) _fullUntil[server] = now + FullServerRest;
        await GiveBack(setup, now);
        return round.Placed;
    }

    /// <summary>Agents for whom there is no line are for other campaigns at once, not when this one asks again.</summary>
    async Task GiveBack(CampaignSetup setup, DateTimeOffset now)
    {
        if (setup.IsAgentless || _unused <= 0) return;
        await Ask(setup, setup.DialsAhead ? ClaimAhead(setup, 0, now) : Claim(setup, 0, now));
    }

    /// <summary>Leads that only full trunks may dial, or trunks of a server without free agents, must not hold up those behind them.</summary>
    /// <returns>False: there was none in the way.</returns>
    bool MakeRoom(CampaignSetup setup, DialRound round, DateTimeOffset now)
    {
        var aside = _buffer.SetAside(l => !setup.Trunks.Any(t => round.HadRoom(t) && TrunkRoutes.Fit(t.Value, l.NextNumber) is not null), now);
        if (aside == 0) return false;
        _news = true;
        _why += $" {aside} {(aside == 1 ? "lead waits" : "leads wait")} for room on a trunk, others go first.";
        return true;
    }

    async Task Run(DialRound round, IReadOnlyList<AgentSlot> slots)
    {
        try
        {
            await round.Run(slots, () => _status != CampaignStatus.Running);
            metrics.Placed(Id, round.Placed);
            _unused -= round.Placed;
        }
        finally
        {
            _inDoubt.UnionWith(round.InDoubt);
        }
    }

    DialRound NewRound(CampaignSetup setup, Func<AgentSlot, Lead?>? named = null) =>
        new(Id, setup, _buffer, _flights, GrainFactory, attempts, leads, _evidence!, options.Value.InCallRest, _decidedBefore, time, named);

    /// <summary>Renews the campaign's claim to its queue.</summary>
    async Task<QueueGrant> Ask(CampaignSetup setup, QueueClaim claim)
    {
        var grant = await GrainFactory.Queue(setup.Campaign.Queue!.Value).Claim(claim);
        (_agentsFree, _agentsLoggedIn) = (grant.AgentsFree, grant.AgentsLoggedIn);
        _unused = grant.Slots.Length;
        return grant;
    }

    QueueClaim Claim(CampaignSetup setup, int wanted, DateTimeOffset now) => new()
    {
        Campaign = Id,
        Underway = _flights.UnderwayByServer,
        Waiting = setup.Campaign.AgentFirst ? 0 : _flights.Waiting(setup.Plan.Detection is not null),
        Wanted = wanted,
        Servers = [.. setup.Servers.Where(s => !(_fullUntil.TryGetValue(s, out var until) && until > now))],
        Reserved = _flights.Reserved,
        Calls = _flights.Count,
        Share = setup.Campaign.Traffic.Share,
        Unused = Math.Max(0, _unused),
    };

    async Task<string> Explain(CampaignSetup setup, OpenColumns open, string? problem, PacingDecision decision, DateTimeOffset now)
    {
        if (open == OpenColumns.None) return Closed(setup, now);
        if (decision.LimitedBy == LimitingFactor.NoAgents && problem is not null) return $"No agent can be reached: {problem}.";
        if (decision.LimitedBy == LimitingFactor.Leads && _buffer.Count == 0)
            return await NothingDue(setup);
        return decision.Why;
    }

    static string Closed(CampaignSetup setup, DateTimeOffset now) => setup.NextOpening(now) is { } opening
        ? $"The schedule '{setup.Schedule.Name}' is closed until {TimeZoneInfo.ConvertTime(opening, setup.Zone):yyyy-MM-dd HH:mm}."
        : $"The schedule '{setup.Schedule.Name}' does not open any more.";

    async Task<string> NothingDue(CampaignSetup setup) => _buffer.Aside > 0 ? $"{_buffer.Aside} {(_buffer.Aside == 1 ? "lead waits" : "leads wait")} for room on a trunk." : await leads.NextDueAsync(Id) is { } due
        ? $"No lead is due before {TimeZoneInfo.ConvertTime(due, setup.Zone):yyyy-MM-dd HH:mm:ss}."
        : "No lead is left to dial; the last calls are still running.";

    /// <summary>Through is a campaign whose leads have no next time, in whatever column; one that is closed today may have some tomorrow.</summary>
    async Task<bool> IsThrough() => await leads.NextDueAsync(Id) is null;

    async Task ReadSetup()
    {
        _setupIsStale = false;
        (_setup, _setupProblem) = await CampaignSetup.Load(Id, configs);
        if (_setup is not null) await Recall(_setup);
        _buffer.WakeAside();
        _buffer.Clear();
    }

    /// <summary>A report that never came must not hold a channel for ever: what the store does not have as open is over.</summary>
    async Task CheckFlights(DateTimeOffset now)
    {
        if (now - _flightsCheckedAt < FlightCheckInterval) return;
        _flightsCheckedAt = now;
        _flights.BeginCheck();
        _flights.EndCheck(await attempts.ListOpenAsync(Id), _setup?.Campaign.AgentFirst == true);
    }

    /// <summary>Intents that the store may have taken although it did not say so: nobody was called for them.</summary>
    async Task TakeBackInDoubt()
    {
        if (_inDoubt.Count == 0) return;
        var doubtful = _inDoubt.ToList();
        await attempts.WithdrawAsync(doubtful, time.GetUtcNow(), "the database had not answered whether it took the intent");
        _inDoubt.ExceptWith(doubtful);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign}: a round failed; the next one tries again")]
    static partial void RoundFailed(ILogger logger, string campaign, Exception error);
}
