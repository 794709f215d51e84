using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Api.Servers;
using Carillon.Calendars;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Queues;
using Carillon.Schedules;
using Carillon.Servers;
using Carillon.Storage;
using Orleans;

namespace Carillon.Api.Campaigns;

sealed class CampaignConfigRules(
    ConfigStore<ScheduleConfig> schedules, ConfigStore<QueueConfig> queues, ConfigStore<TrunkConfig> trunks, ConfigStore<CalendarConfig> calendars,
    CampaignStatusStore statuses, DayProfileStore days, LeadStore leads, IGrainFactory grains) : ConfigRules<CampaignConfig>
{
    public override string Noun => "campaign";
    public override string? GroupOf(CampaignConfig config) => config.Group;
    public override string NameOf(CampaignConfig config) => config.Name;

    public override async Task Check(CampaignConfig config, CampaignConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        var schedule = await schedules.GetAsync(config.Schedule.Value ?? "", cancel);
        if (string.IsNullOrEmpty(config.Schedule.Value)) errors.Add("schedule", "A campaign needs a schedule.");
        else errors.AddIf(schedule is null || !caller.Owns(schedule.Config.Group), "schedule", $"There is no schedule {config.Schedule}.");
        var queue = await CheckQueue(config, caller, errors, cancel);
        await CheckTrunks(config, queue, errors, cancel);
        AnswerRules.Check(config, errors);

        errors.AddIf(config.Archived != (before?.Archived ?? false), "archived", "POST /campaigns/{id}/archive puts a campaign into the archive, and /unarchive takes it out.");
        CallerIds.Check(config.CallerId, errors);
        errors.Range(config.Channels, 1, 100_000, "channels");
        errors.Range(config.AnsweredAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10), "answeredAfter");
        errors.Range(config.RingTimeout, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(120), "ringTimeout");
        errors.Range(config.AbandonAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), "abandonAfter");
        foreach (var problem in RetryValidation.Validate(config.Retries, "retries")) errors.Add(problem.Field, problem.Text);
        foreach (var problem in LeadOrderValidation.Validate(config.Order, "order")) errors.Add(problem.Field, problem.Text);
        errors.Range(config.Preview.DialAfter, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1), "preview.dialAfter");
        errors.Range(config.Preview.SkipRest, TimeSpan.Zero, TimeSpan.FromDays(366), "preview.skipRest");
        errors.Range(config.Preview.MostSkips, 1, 100, "preview.mostSkips");
        CheckPacing(config, errors);
        foreach (var problem in config.Traffic.Validate("traffic")) errors.Add(problem.Field, problem.Text);
        Leads.Numbers.CheckCountry(config.Country, errors);
        var calendar = await calendars.FollowedByAsync(config.Contact?.Rule?.Calendar, cancel);
        foreach (var problem in ContactValidation.Validate(config.Contact ?? new(), calendar, "contact")) errors.Add(problem.Field, problem.Text);
    }

    async Task<Stored<QueueConfig>?> CheckQueue(CampaignConfig config, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        if (config.Queue is not { } id)
        {
            errors.AddIf(config.Mode != PacingMode.Agentless, "queue", "A campaign needs a queue, unless its mode is Agentless.");
            return null;
        }
        var queue = await queues.GetAsync(id.Value ?? "", cancel);
        errors.AddIf(queue is null || !caller.Owns(queue.Config.Group), "queue", $"There is no queue {config.Queue}.");
        return config.Mode == PacingMode.Agentless ? null : queue;
    }

    static void CheckPacing(CampaignConfig config, FieldErrors errors)
    {
        errors.AddIf(config.AgentFirst && config.Mode is (PacingMode.Ratio or PacingMode.Predictive), "agentFirst",
            $"In the mode {config.Mode} customers are dialed before an agent is chosen: agent-first goes with Progressive.");
        var pacing = config.Pacing;
        errors.AddIf(!(pacing.Ratio is >= 1 and <= 10), "pacing.ratio", $"The ratio must be 1 to 10 calls for each agent, not {pacing.Ratio}.");
        errors.AddIf(!(pacing.AbandonmentCap is >= 0 and <= 0.2), "pacing.abandonmentCap", $"The cap must be 0 to 0.2 of the answered calls, not {pacing.AbandonmentCap}.");
        errors.Range(pacing.AbandonmentWindow, TimeSpan.FromDays(1), TimeSpan.FromDays(30), "pacing.abandonmentWindow");
    }

    async Task CheckTrunks(CampaignConfig config, Stored<QueueConfig>? queue, FieldErrors errors, CancellationToken cancel)
    {
        if (config.Trunks.IsDefaultOrEmpty)
        {
            errors.Add("trunks", "A campaign needs at least one trunk.");
            return;
        }
        var found = (await trunks.GetManyAsync(config.Trunks.Select(t => t.Value), cancel)).ToDictionary(t => t.Id);
        for (var i = 0; i < config.Trunks.Length; i++)
        {
            var id = config.Trunks[i];
            if (!found.TryGetValue(id.Value, out var trunk)) errors.Add($"trunks[{i}]", $"There is no trunk {id}.");
            else if (config.Trunks.IndexOf(id) < i) errors.Add($"trunks[{i}]", $"The trunk {trunk.Config.Name} is named twice.");
            else if (queue?.Config.Servers.Contains(trunk.Config.Server) == false)
                errors.Add($"trunks[{i}]", $"The trunk {trunk.Config.Name} leaves from a server that does not serve the queue {queue.Config.Name}.");
        }
    }

    public override async Task<IReadOnlyList<string>> UsedBy(string id, CancellationToken cancel)
    {
        var active = (await statuses.ListActiveAsync(cancel)).Find(s => s.Campaign.Value == id);
        return active is null ? [] : [$"its own calls or work ({active.Status}): stop it and let its calls end"];
    }

    public override async Task Changed(string id, CampaignConfig? before, CampaignConfig? after)
    {
        await grains.Campaign(new(id)).ConfigChanged();
        // What the rules had put off is judged anew by the new ones.
        if (after is not null && before is not null && CarillonJson.Write(before.Contact) != CarillonJson.Write(after.Contact)) await leads.RecheckAsync(new(id));
        if (after is not null) return;
        await leads.RemoveAllAsync(new(id));
        await statuses.RemoveAsync(new(id));
        await days.RemoveAsync(new(id));
    }
}
