using Carillon.Leads;
using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Servers;
using Carillon.Storage;
using Microsoft.Extensions.Logging;

namespace Carillon.Campaigns;

/// <summary>From a decision to calls.</summary>
sealed partial class CampaignGrain
{
    /// <summary>Calls placed in one round at most, so that a round stays short and a stop quick.</summary>
    const int MaxPerRound = 64;

    /// <summary>How long a server without lines is left out, so that agents who could be served elsewhere are.</summary>
    static readonly TimeSpan FullServerRest = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one that does not answer is left out. Meanwhile the cluster may find it another node.</summary>
    static readonly TimeSpan SilentServerRest = TimeSpan.FromSeconds(10);

    readonly CallStarts _starts = new(time.GetElapsedTime(0));
    readonly HashSet<AttemptId> _inDoubt = [];

    /// <summary>A clock that is never set: what calls per second are counted by.</summary>
    TimeSpan Uptime => time.GetElapsedTime(0);

    /// <summary>Says why it is decided so, and places the calls.</summary>
    /// <param name="grant">Null: no queue was asked.</param>
    async Task Carry(CampaignSetup setup, OpenColumns open, PacingDecision decision, QueueGrant? grant, IReadOnlyList<AgentSlot> slots, int wanted, DateTimeOffset now)
    {
        var why = await Explain(setup, open, grant?.Problem, decision, now);
        (decision, why) = Limit(decision, why, grant, wanted);
        Say(why, decision.LimitedBy.ToString(), grant?.Pool);
        ExplainMore(setup, open, now);
        metrics.Decided(Id, decision.LimitedBy);
        await Place(setup, slots, now);
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
    (PacingDecision, string Why) Limit(PacingDecision decision, string why, QueueGrant? grant, int wanted)
    {
        if (grant is { LeftToOthers: > 0 and var left })
        {
            why += $" {left} {(left == 1 ? "call is" : "calls are")} left to other campaigns, which are behind their shares of the agents.";
            return (decision with { LimitedBy = LimitingFactor.Shares }, why);
        }
        if (!IsHeldByRate(decision, grant, wanted)) return (decision, why);
        // Its places come back one after the other, of which there is no news.
        _news = true;
        why += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" The campaign starts at most {_setup!.Campaign.Traffic.CallsPerSecond} calls a second.");
        return (decision with { LimitedBy = LimitingFactor.CallsPerSecond }, why);
    }

    bool IsHeldByRate(PacingDecision decision, QueueGrant? grant, int wanted)
    {
        if (_setup is not { Campaign: { Traffic.CallsPerSecond: not null } campaign } || decision.LimitedBy is LimitingFactor.Schedule or LimitingFactor.NoAgents or LimitingFactor.AgentsBusy) return false;
        var left = _starts.Left(Uptime);
        return left < Math.Min(MaxPerRound, Math.Min(campaign.Channels - _flights.Count, _buffer.Count)) && (grant?.Slots.Length ?? wanted) >= wanted;
    }

    async Task Place(CampaignSetup setup, IReadOnlyList<AgentSlot> slots, DateTimeOffset now)
    {
        if (slots.Count == 0) return;
        var round = NewRound(setup);
        await Run(round, slots);
        if (round.Unserved.Count == 0) return;
        LeaveOut(round.Silent, now);
        var full = round.Full.ToList();
        if (full.Count > 0) Add($"No line is left on {string.Join(", ", full)}.");
        // Where there is room, leads of further back may be for it; if none is, the agents had better be asked for elsewhere.
        var leftOut = full.Count < round.Unserved.Count && await MakeRoom(setup, round, now) ? full : [.. round.Unserved];
        if (full.Count > 0 || _buffer.Count > 0) foreach (var server in leftOut.Except(round.Silent.Keys)) _fullUntil[server] = now + FullServerRest;
        await GiveBack(setup, now);
    }

    /// <summary>Each round that asks one that hangs waits for it.</summary>
    void LeaveOut(Dictionary<ServerId, Exception> silent, DateTimeOffset now)
    {
        foreach (var (server, why) in silent)
        {
            _fullUntil[server] = now + SilentServerRest;
            Add($"Server {server} does not answer.");
            SilentServer(log, Id.Value, server.Value, why);
        }
    }

    /// <summary>Leads that only full trunks may dial, or trunks of a server without free agents, must not hold up those behind them.</summary>
    /// <returns>False: there was none in the way.</returns>
    async Task<bool> MakeRoom(CampaignSetup setup, DialRound round, DateTimeOffset now)
    {
        var aside = await _buffer.SetAside(l => !setup.Trunks.Any(t => round.HadRoom(t) && TrunkRoutes.Fit(t.Value, l.NextNumber) is not null), now);
        if (aside == 0) return false;
        _news = true;
        Add($"{Waiting(aside)}, others go first.");
        return true;
    }

    async Task Run(DialRound round, IReadOnlyList<AgentSlot> slots)
    {
        try
        {
            await round.Run(slots, () => _status != CampaignStatus.Running);
            metrics.Placed(Id, round.Placed);
            _unused -= round.Placed;
            _placedUnnoted += round.Placed;
        }
        finally
        {
            _inDoubt.UnionWith(round.InDoubt);
            if (round.IsStale) DeactivateOnIdle();
        }
    }

    DialRound NewRound(CampaignSetup setup, Func<AgentSlot, Lead?>? named = null) =>
        new(Id, setup, _buffer, _flights, GrainFactory, attempts, leads, _evidence!, options.Value.InCallRest, _decidedBefore, time, named) { Epoch = _epoch };

    /// <summary>Intents that the store may have taken although it did not say so: nobody was called for them.</summary>
    async Task TakeBackInDoubt()
    {
        if (_inDoubt.Count == 0) return;
        var doubtful = _inDoubt.ToList();
        await attempts.WithdrawAsync(doubtful, time.GetUtcNow(), "the database had not answered whether it took the intent");
        _inDoubt.ExceptWith(doubtful);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Campaign {Campaign}: server {Server} does not say what lines it has; the others are used")]
    static partial void SilentServer(ILogger logger, string campaign, string server, Exception error);
}
