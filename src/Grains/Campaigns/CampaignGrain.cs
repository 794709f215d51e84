using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Hosting;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Carillon.Campaigns;

sealed partial class CampaignGrain(
    Configs configs, CampaignStatusStore statuses, CampaignPaceStore paces, LeadStore leads, LeadOfferStore offers, AttemptStore attempts, SubscriberStore subscribers, DayProfileStore days,
    IOptions<CampaignOptions> options, TimeProvider time,
    CampaignMetrics metrics, ILogger<CampaignGrain> log)
    : Grain, ICampaignGrain
{
    static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>For a server to answer a halt: by then it would have placed what waited there.</summary>
    static readonly TimeSpan ServerPatience = TimeSpan.FromSeconds(3);

    readonly FlightBook _flights = new();
    LeadBuffer _buffer = null!;
    CampaignSetup? _setup;
    string? _setupProblem;
    bool _setupIsStale;
    bool _leadsAreStale;
    CampaignStatus _status;
    CampaignStatus _stored;
    DateTimeOffset? _startedAt;
    IGrainTimer? _ticking;
    long? _epoch;

    /// <summary>Servers that did not say, when the campaign was halted, that nothing waits there any more.</summary>
    ImmutableArray<ServerId> _unheard = [];

    CampaignId Id => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await statuses.TakeAsync(Id, cancellationToken);
        (_buffer, _days) = (new(leads, Id), new(days, Id));
        (_setup, _setupProblem) = await CampaignSetup.Load(Id, configs);
        var rules = _setup?.Rules ?? await CampaignRules.Load(Id, configs);
        foreach (var attempt in await attempts.ListOpenAsync(Id, cancellationToken)) _flights.Adopt(attempt, rules);
        if (_setup is not null) await Recall(_setup);
        var stored = await statuses.GetAsync(Id, cancellationToken);
        (_status, _startedAt) = (stored?.Status ?? CampaignStatus.Stopped, stored?.StartedAt);
        _stored = _status;
        if (_startedAt is { } started) _flights.ResetOutcomes(await attempts.CountsByOutcomeAsync(Id, started, cancellationToken));
        SayStatus(_status == CampaignStatus.Running ? "The campaign has just been taken up by a node." : null);
        _paces.Recall(await paces.ListAsync(Id, time.GetUtcNow() - PaceHistory.Length, cancellationToken));
        KeepTicking();
    }

    public async Task<CampaignCommandResult> Start()
    {
        if (_status == CampaignStatus.Running) return new(_status);
        await ReadSetup();
        if (_setup is null) return new(_status, _setupProblem);
        if (_setup.NextOpening(time.GetUtcNow()) is null) return new(_status, $"schedule '{_setup.Schedule.Name}' never opens: give it hours");
        _startedAt = time.GetUtcNow();
        _flights.ResetOutcomes([]);
        _buffer.Clear();
        return await Become(CampaignStatus.Running);
    }

    public async Task<CampaignCommandResult> Resume() => _status switch
    {
        CampaignStatus.Running => new(_status),
        CampaignStatus.Paused or CampaignStatus.Draining => await Become(CampaignStatus.Running),
        _ => new(_status, "the campaign is not paused: start it"),
    };

    public async Task<CampaignCommandResult> Pause() => _status switch
    {
        CampaignStatus.Paused when IsSettled => new(_status),
        CampaignStatus.Running or CampaignStatus.Paused or CampaignStatus.Draining => await Halt(CampaignStatus.Paused),
        _ => new(_status, "the campaign is not running"),
    };

    public async Task<CampaignCommandResult> Stop() => _status == CampaignStatus.Stopped && IsSettled ? new(_status) : await Halt(CampaignStatus.Stopped);

    public async Task<CampaignCommandResult> Drain() => _status switch
    {
        CampaignStatus.Draining when IsSettled => new(_status),
        CampaignStatus.Running or CampaignStatus.Paused or CampaignStatus.Draining => await Halt(CampaignStatus.Draining),
        _ => new(_status, "the campaign is not running"),
    };

    /// <summary>False while a halt is underway, and after one that broke off: until it is carried through, nobody may be told that it is done.</summary>
    bool IsSettled => _stored == _status && _unheard.IsEmpty;

    public Task Wake() => Task.CompletedTask;

    public Task ConfigChanged()
    {
        _setupIsStale = true;
        return Task.CompletedTask;
    }

    public Task LeadsChanged()
    {
        _leadsAreStale = true;
        return Task.CompletedTask;
    }

    public Task CallsChanged(ImmutableArray<CallReport> reports)
    {
        SeeStarts();
        foreach (var report in reports) Hear(report);
        SeeStarts();
        // An agent whom the call was for is to be had again.
        if (reports.Any(r => r.State == CallState.Ended)) DecideSoon();
        return Task.CompletedTask;
    }

    void Hear(CallReport report)
    {
        if (_flights.Find(report.Attempt) is { } flight) _evidence?.Saw(flight, report);
        _flights.Apply(report);
    }

    /// <summary>
    /// From the first line on nothing new is ordered. A round that is underway sees that before it orders; what servers still hold back is taken out of
    /// their hands. Then the status is stored.
    /// </summary>
    async Task<CampaignCommandResult> Halt(CampaignStatus status)
    {
        _status = status;
        SayStatus();
        // What made a round fail must not keep the campaign from stopping.
        await _round.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var servers = (_setup?.Servers ?? []).Union(_flights.Servers).Union(_unheard).ToList();
        var heard = await Task.WhenAll(servers.Select(CancelPending));
        _unheard = [.. servers.Where((_, i) => !heard[i])];
        await TakeBack([.. _preview.Offers]);
        await TakeBackInDoubt();
        var result = await Become(status);
        return _unheard.IsEmpty || !result.Accepted ? result : new(_status, $"{string.Join(", ", _unheard)} did not answer; what was about to be dialed there may still be: ask again");
    }

    /// <returns>False: the server did not answer. That keeps nobody from being stopped elsewhere.</returns>
    async Task<bool> CancelPending(ServerId server)
    {
        ImmutableArray<OrderRefusal> cancelled;
        try
        {
            cancelled = await GrainFactory.Server(server).CancelPending(Id).WaitAsync(ServerPatience, time);
        }
        catch (Exception e)
        {
            NotHeard(log, Id.Value, server.Value, e);
            return false;
        }
        if (cancelled.IsEmpty) return true;
        await attempts.WithdrawAsync([.. cancelled.Select(c => c.Attempt)], time.GetUtcNow(), cancelled[0].Why);
        foreach (var order in cancelled) _flights.Withdraw(order.Attempt);
        await Task.WhenAll(cancelled.Select(c => GrainFactory.Subscriber(c.Number).Release(c.Attempt)));
        await Task.WhenAll(cancelled.Select(c => GrainFactory.Call(c.Attempt).Withdrawn()));
        return true;
    }

    async Task<CampaignCommandResult> Become(CampaignStatus status)
    {
        if (!await statuses.SetAsync(Id, status, _startedAt, _epoch))
        {
            DeactivateOnIdle();
            return new(_status, "the campaign has moved to another node: try again");
        }
        _status = _stored = status;
        SayStatus();
        // While it stood still its leads did not become fewer.
        if (status == CampaignStatus.Running)
        {
            _leadsLeft.Clear();
            _unheard = [];
        }
        KeepTicking();
        Became(log, Id.Value, status);
        Note(time.GetUtcNow());
        await StorePace();
        return new(status);
    }

    static string Said(CampaignStatus status) => status switch
    {
        CampaignStatus.Running => "The campaign has just started.",
        CampaignStatus.Paused => "The campaign is paused.",
        CampaignStatus.Draining => "The campaign places no new calls and waits for its last ones to end.",
        CampaignStatus.Finished => "Every lead is through.",
        _ => "The campaign is stopped.",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign} was halted, but server {Server} did not answer")]
    static partial void NotHeard(ILogger logger, string campaign, string server, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Campaign {Campaign} is {Status}")]
    static partial void Became(ILogger logger, string campaign, CampaignStatus status);
}
