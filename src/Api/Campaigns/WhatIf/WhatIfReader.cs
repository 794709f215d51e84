using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Api.Problems;
using Carillon.Calendars;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Pacing.WhatIf;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>Gathers what a simulation of a campaign rests on. What it reads of calls and leads is bounded, whatever the campaign's size; the cap's window is counted by slices.</summary>
sealed class WhatIfReader(
    ConfigStore<ScheduleConfig> schedules, ConfigStore<CalendarConfig> calendars, ConfigStore<QueueConfig> queues, ConfigStore<TrunkConfig> trunks,
    AttemptStore attempts, LeadStore leads, IGrainFactory grains, TimeProvider time)
{
    const int MostRecords = 20_000, MostLeads = 5_000;

    /// <summary>With fewer, neither the chance to answer nor the length of talks is known to better than a quarter or so.</summary>
    public const int FewestAnswered = 50;

    const int FewestTalks = 20, FewestWrapUps = 20;

    /// <exception cref="Refusal">The request has errors, or too little is known.</exception>
    public async Task<WhatIfFacts> Read(CampaignId id, CampaignConfig campaign, WhatIfRequest request, CancellationToken cancel)
    {
        if (campaign.Mode is PacingMode.Preview or PacingMode.Agentless)
            throw Refusal.Conflict($"What if is known of the modes Progressive, Ratio and Predictive; the campaign's is {campaign.Mode}.");
        // Whole seconds: hours are asked in seconds from now, and must come out at the very moment at which they begin.
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var (schedule, hours) = await Hours(campaign, cancel);
        var queue = campaign.Queue is { } key ? (await queues.GetAsync(key.Value, cancel))?.Config : null;
        if (queue is null) throw Refusal.Conflict("The campaign's queue does not exist: choose another one.");
        var past = (await attempts.LastPastAsync(id, MostRecords, cancel)).RemoveAll(a => a.Outcome == Outcome.Unknown);
        var (agents, agentsFrom) = await Agents(campaign.Queue!.Value, past);
        var errors = new FieldErrors();
        request.Check(campaign, agents, errors);
        errors.ThrowIfAny();

        var calls = past.Select(a => PastCalls.Of(a, hours.Zone)).ToImmutableArray();
        var (answered, talks) = (calls.Count(c => c.Answered), calls.Count(c => c.Talk is not null));
        if (answered < FewestAnswered || talks < FewestTalks)
            throw Refusal.Conflict($"The campaign's records hold {answered} answered calls and {talks} talks; what if needs {FewestAnswered} and {FewestTalks}. Let it dial on, and ask again.");
        var (wrapUps, wrapUpFrom) = await WrapUps(campaign.Queue.Value, queue, request);
        var left = await leads.LeftByStatusAsync(id, cancel);
        var sample = LeadSample.Of(id, left, await leads.SomeLeftAsync(id, MostLeads, cancel), now);
        var rules = new CallRules
        {
            AnsweredAfter = campaign.AnsweredAfter,
            Unanswered = campaign.Retries.Column(schedule, hasAnswered: false),
            Answered = campaign.Retries.Column(schedule, hasAnswered: true),
            Outcomes = campaign.Retries.Outcomes,
        };
        var basis = new WhatIfBasis
        {
            History = new(calls),
            WrapUps = wrapUps,
            Unanswered = Working(hours, hasAnswered: false, now),
            Answered = Working(hours, hasAnswered: true, now),
            Hour = at => TimeZoneInfo.ConvertTime(now.AddSeconds(at), hours.Zone).Hour,
            Leads = () => sample.Leads.Select(lead => new SampledLead(lead, rules, now)),
            Weight = sample.Weight,
            Window = await Window(id, campaign, request, now, cancel),
        };
        var history = new WhatIfHistory(
            calls.Length, answered, past[0].At, past[^1].EndedAt, basis.History.Chance, agentsFrom, wrapUpFrom, left.Values.Sum());
        return new(campaign, agents, await Lines(campaign, cancel), hours.Zone, now, history, basis);
    }

    async Task<(ScheduleConfig Schedule, OpeningTimes Hours)> Hours(CampaignConfig campaign, CancellationToken cancel)
    {
        if (await schedules.GetAsync(campaign.Schedule.Value, cancel) is not { Config: var schedule } || ScheduleRules.FindZone(schedule.TimeZone) is not { } zone)
            throw Refusal.Conflict("The campaign's schedule does not exist, or has an unknown time zone: choose another one.");
        return (schedule, OpeningTimes.Of(schedule, zone, await calendars.FollowedByAsync(schedule.Calendar, cancel)));
    }

    async Task<(int Agents, AgentsFrom From)> Agents(QueueId queue, ImmutableArray<PastAttempt> past)
    {
        var now = (await grains.Queue(queue).GetSnapshot()).Agents.Count(a => a.Status == AgentStatus.Available);
        if (now > 0 || past.IsEmpty) return (now, AgentsFrom.Queue);
        var day = past[^1].EndedAt - TimeSpan.FromDays(1);
        return (past.Where(a => a.BridgedAt >= day && a.Agent is not null).Select(a => a.Agent).Distinct().Count(), AgentsFrom.LastDay);
    }

    async Task<(ImmutableArray<double> Seconds, WrapUpFrom From)> WrapUps(QueueId queue, QueueConfig config, WhatIfRequest request)
    {
        if (request.WrapUp is { } asked) return ([asked.TotalSeconds], WrapUpFrom.Request);
        var seen = await grains.Queue(queue).GetWrapUps();
        return seen.Length >= FewestWrapUps ? ([.. seen.Select(w => w.TotalSeconds)], WrapUpFrom.Seen) : ([config.WrapUp.TotalSeconds], WrapUpFrom.Config);
    }

    /// <summary>The cap counts over its window where calls are dialed predictively, and nobody asks for it elsewhere.</summary>
    async Task<(long Answered, long Abandoned)> Window(CampaignId id, CampaignConfig campaign, WhatIfRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        if (campaign.Mode != PacingMode.Predictive && request.Mode != PacingMode.Predictive) return default;
        var slices = await attempts.AnsweredSinceAsync(id, now - campaign.Pacing.AbandonmentWindow, cancel);
        return (slices.Sum(s => s.Answered), slices.Sum(s => s.Abandoned));
    }

    async Task<int> Lines(CampaignConfig campaign, CancellationToken cancel) =>
        (int)Math.Min(int.MaxValue, (await trunks.GetManyAsync(campaign.Trunks.Select(t => t.Value), cancel)).Where(t => t.Config.Enabled).Sum(t => (long)t.Config.Channels));

    static WorkingTime Working(OpeningTimes hours, bool hasAnswered, DateTimeOffset now)
    {
        return new(at => Seconds(hours.NextOpening(hasAnswered, At(at))), at => Seconds(hours.NextClosing(hasAnswered, At(at))));

        DateTimeOffset At(double seconds) => now.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

        double? Seconds(DateTimeOffset? at) => at is { } then ? (then - now).TotalSeconds : null;
    }
}
