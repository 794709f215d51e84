using Carillon.Calls;
using Carillon.Queues;
using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Campaigns;

/// <summary>Saying why the pace is what it is, and remembering what it was over the last hour, also over a restart.</summary>
sealed partial class CampaignGrain
{
    readonly PaceHistory _paces = new();
    PaceReason _reason = new("", "", default);
    CampaignStatus _decidesAs;
    int _placedUnnoted;

    /// <summary>Why the pace is what it is, in one sentence or some.</summary>
    string Why => _reason.Why;

    /// <summary>What a round found. Whoever changed the status meanwhile has the last word.</summary>
    void Say(string why, string limitedBy, PoolGrant? pool = null)
    {
        if (_status == _decidesAs) _reason = new(why, limitedBy, _setup?.Campaign.Mode ?? default, pool);
    }

    /// <summary>One sentence more.</summary>
    void Add(string why)
    {
        if (_status == _decidesAs) _reason = _reason with { Why = _reason.Why + " " + why };
    }

    void SayStatus(string? why = null)
    {
        _reason = new(why ?? Said(_status), _status.ToString(), _setup?.Campaign.Mode ?? default);
        // Nobody counts agents for a campaign that stands still.
        if (_status is not (CampaignStatus.Running or CampaignStatus.Draining)) (_agentsFree, _agentsLoggedIn) = (0, 0);
    }

    public async Task<CampaignPace> GetPace()
    {
        // One that stands still reads its config when it is set to work.
        var isUnread = _setup is null || _setupIsStale && _status != CampaignStatus.Running;
        var mode = isUnread && await configs.Campaigns.GetAsync(Id.Value) is { Config: var config } ? config.Mode : _reason.Mode;
        var moment = (await GetLastPace()) with { Mode = mode };
        return new() { Campaign = Id, Mode = mode, Now = moment, LastHour = _paces.LastHour(moment.At) };
    }

    public Task<PaceMoment> GetLastPace() => Task.FromResult(Moment(time.GetUtcNow()) with { Placed = _paces.Placed + _placedUnnoted });

    PaceMoment Moment(DateTimeOffset now)
    {
        var (_, limitedBy, mode, pool) = _reason;
        var detects = _setup?.Plan.Detection is not null;
        var predictive = mode == PacingMode.Predictive ? _evidence : null;
        var deciding = _status == CampaignStatus.Running ? predictive : null;
        return new()
        {
            At = now,
            Status = _status,
            Mode = mode,
            Ringing = _flights.In(CallState.Queued) + _flights.In(CallState.Originating) + _flights.In(CallState.Ringing),
            Waiting = _flights.Waiting(detects),
            Talking = _flights.In(CallState.Bridged),
            AgentsFree = _agentsFree,
            AgentsLoggedIn = _agentsLoggedIn,
            AgentsExpected = deciding is null ? null : pool?.Freed,
            AnswersExpected = deciding is null ? null : pool?.Answers,
            AnswerChance = _evidence?.Chance(1, now),
            Risk = deciding is null ? null : pool?.Risk,
            RiskLimit = deciding is null ? null : pool?.RiskLimit ?? deciding.RiskLimit(now),
            AbandonmentRate = predictive?.AbandonmentRate,
            AbandonsLeft = predictive?.AbandonsLeft,
            DetectionDelay = detects ? _flights.Detection?.Delay : null,
            LimitedBy = limitedBy,
            Why = Why,
        };
    }

    void Note(DateTimeOffset now)
    {
        var moment = Moment(now) with { Placed = _placedUnnoted };
        _placedUnnoted = 0;
        _paces.Add(moment);
        if (_status == CampaignStatus.Running && _setup is not null) metrics.Paced(Id, moment.Mode, moment);
    }

    /// <summary>One small write a minute while it dials, and one for each change. What cannot be written is in no call's way.</summary>
    /// <param name="all">The campaign leaves this node.</param>
    async Task StorePace(bool all = false)
    {
        if (_paces.TakeUnstored(all) is not { } moment) return;
        try
        {
            await paces.AddAsync(Id, moment, PaceHistory.Length);
        }
        catch (StorageException e)
        {
            _paces.NotStored(moment);
            PaceNotStored(log, Id.Value, e);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StorePace(all: true);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Campaign {Campaign}: its pace of the last minute could not be stored")]
    static partial void PaceNotStored(ILogger logger, string campaign, Exception error);

    /// <param name="Mode">In which it was decided.</param>
    /// <param name="Pool">What the queue forecast, if it was asked to.</param>
    sealed record PaceReason(string Why, string LimitedBy, PacingMode Mode, PoolGrant? Pool = null);
}
