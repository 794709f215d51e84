using Carillon.Calendars;
using Carillon.Campaigns;
using Carillon.Hosting;
using Carillon.Storage;

namespace Carillon.Contacts;

static class ContactPlans
{
    /// <summary>What all campaigns obey, and what this one does besides; or one sentence that says what is missing.</summary>
    public static async Task<(ContactPlan? Plan, string? Problem)> Load(CampaignConfig campaign, TimeZoneInfo scheduleZone, Configs configs)
    {
        var own = campaign.Contact ?? new();
        var common = await configs.ContactRules.ListAsync();
        var laws = common.SelectMany(c => c.Config.Laws).Concat(own.Laws).Distinct().ToList();
        if (laws.Find(l => ContactLaws.Find(l) is null) is { } unknown) return (null, $"the law {unknown} is not known: take it out of the contact rules, or choose another one");
        var rules = new List<(ContactRule Rule, WorkCalendar? Calendar)>();
        foreach (var rule in laws.Select(l => ContactLaws.Find(l)!.Rule).Concat(common.Select(c => c.Config.Rule).Append(own.Rule).OfType<ContactRule>()))
        {
            var calendar = await configs.Calendars.FollowedByAsync(rule.Calendar);
            if (rule.Calendar is { } follows && calendar is null) return (null, $"a contact rule follows calendar {follows.Follows}, which does not exist: choose another one");
            rules.Add((rule, calendar));
        }
        return rules.Count <= ContactPlan.MostRules
            ? (new(rules, own, scheduleZone), null)
            : (null, $"{rules.Count} contact rules and laws concern the campaign; at most {ContactPlan.MostRules} are possible");
    }
}
