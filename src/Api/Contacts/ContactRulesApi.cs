using System.Collections.Immutable;
using Carillon.Api.Access;
using Carillon.Api.Campaigns;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Calendars;
using Carillon.Contacts;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Contacts;

static class ContactRulesApi
{
    public static void MapContactRules(this RouteGroupBuilder api)
    {
        var rules = api.MapConfigs<ContactRuleConfig>("contact-rules");
        rules.MapGet("/laws", Ok<ImmutableArray<ContactLaw>> () => TypedResults.Ok(ContactLaws.All))
            .For(Role.Supervisor).WithSummary("The laws that come with Carillon, each with its source and what it allows");
    }
}

sealed class ContactRuleConfigRules(ConfigStore<CalendarConfig> calendars, CampaignLinks campaigns) : ConfigRules<ContactRuleConfig>
{
    public override string Noun => "contact rule";
    public override Role ChangedBy => Role.Administrator;
    public override bool HasGroup => false;
    public override string NameOf(ContactRuleConfig config) => config.Name;

    public override async Task Check(ContactRuleConfig config, ContactRuleConfig? before, Caller caller, FieldErrors errors, CancellationToken cancel)
    {
        foreach (var problem in ContactValidation.Validate(config, await calendars.FollowedByAsync(config.Rule?.Calendar, cancel)))
            if (!errors.Has(problem.Field)) errors.Add(problem.Field, problem.Text);
    }

    public override Task Changed(string id, ContactRuleConfig? before, ContactRuleConfig? after) => campaigns.RulesChanged();
}
