using Carillon.Hosting;
using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Campaigns;

/// <summary>Deciding, again and again.</summary>
sealed partial class CampaignGrain
{
    /// <summary>Without news, decisions are this far apart.</summary>
    static readonly TimeSpan QuietInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>With news, they are at least this far apart.</summary>
    static readonly TimeSpan NewsInterval = TimeSpan.FromMilliseconds(50);

    static readonly TimeSpan FlightCheckInterval = TimeSpan.FromSeconds(30);

    static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(15);

    Task _round = Task.CompletedTask;
    DateTimeOffset _decidedAt;
    DateTimeOffset _decidedBefore;
    DateTimeOffset _flightsCheckedAt;
    bool _news;
    readonly ClockWatch _clock = new(time);
    (int Leads, DateTimeOffset Until) _noWay;
    CampaignStatus? _finished;

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
        _ticking?.Change(wait > TimeSpan.Zero && wait <= NewsInterval ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, TickInterval);
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
        if (_clock.Look() is { } step)
        {
            ClockSet(log, Id.Value, step);
            DeactivateOnIdle();
            return;
        }
        var now = time.GetUtcNow();
        if (now - _decidedAt < (_news ? NewsInterval : QuietInterval)) return;
        (_decidedBefore, _decidedAt, _news) = (_decidedAt, now, false);
        if (_status == CampaignStatus.Paused)
        {
            // Its calls go on; when and why it was paused is stored.
            Note(now);
            return;
        }
        if (_status is not (CampaignStatus.Running or CampaignStatus.Draining)) return;
        _decidesAs = _status;
        // Stop interleaves with this and waits for the round.
        await (_round = Round(now));
        await StorePace();
        if (_finished is { } status && _status is CampaignStatus.Running or CampaignStatus.Draining) await Become(status);
        _finished = null;
    }

    async Task Round(DateTimeOffset now)
    {
        try
        {
            await TakeBackInDoubt();
            await CheckFlights(now);
            if (_setupIsStale) await ReadSetup();
            if (_status == CampaignStatus.Draining)
            {
                SayStatus();
                if (_flights.Count == 0) _finished = CampaignStatus.Stopped;
                // Its calls still want agents, whom other campaigns must not count on.
                else if (_setup is { IsAgentless: false } setup) await Renew(setup, now);
            }
            else if (_setup is null) Say(_setupProblem!, "Setup");
            else await Dial(_setup, now);
            // For the estimate of the end, also when nobody asks in between.
            if (now - _countedAt >= CountInterval) await CountLeads(now);
            if (_evidence is { } evidence)
            {
                if (_flights.Count == 0) evidence.Settle();
                await _days.Keep(evidence.Day);
            }
        }
        catch (Exception e) when (e is StorageException or TimeoutException or OrleansException)
        {
            Say(e is StorageException ? $"The database does not answer: {e.Message}" : $"A part of the cluster does not answer: {e.Message}", "Failure");
            RoundFailed(log, Id.Value, e);
        }
        // One that is through says so when it is.
        if (_finished is null) Note(now);
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
        await Carry(setup, open, decision, grant, [.. grant.Slots.Take(decision.Calls)], wanted, now);
    }

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

    /// <summary>
    /// A report that never came must not hold a channel for ever: what the store does not have as open is over. Its record tells how it ended, also to the count of those who
    /// answered and were abandoned; a report that was still on its way then comes too late.
    /// </summary>
    async Task CheckFlights(DateTimeOffset now)
    {
        if (now - _flightsCheckedAt < FlightCheckInterval) return;
        _flightsCheckedAt = now;
        _flights.BeginCheck();
        var rules = _setup?.Rules ?? await CampaignRules.Load(Id, configs);
        var (gone, found) = _flights.EndCheck(await attempts.ListOpenAsync(Id), rules);
        foreach (var call in found) _evidence?.Found(call);
        if (gone.Count == 0) return;
        foreach (var report in _flights.Missed(gone, await attempts.GetManyAsync(gone))) Hear(report);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign}: the clock was set by {Step}; the campaign goes on from what is stored")]
    static partial void ClockSet(ILogger logger, string campaign, TimeSpan step);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign}: a round failed; the next one tries again")]
    static partial void RoundFailed(ILogger logger, string campaign, Exception error);
}
