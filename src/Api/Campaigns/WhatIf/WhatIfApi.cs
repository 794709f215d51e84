using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Pacing.WhatIf;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Api.Campaigns.WhatIf;

static class WhatIfApi
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    public static void MapWhatIf(this RouteGroupBuilder api) =>
        api.MapPost("/campaigns/{id}/what-if", Ask).For(Role.Supervisor).WithTags("Campaigns").WithSummary("What other agents, another cap or another mode would come to, simulated from the campaign's own calls")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);

    static async Task<Ok<WhatIfAnswer>> Ask(
        string id, WhatIfRequest? body, Caller caller, ConfigStore<CampaignConfig> store, CampaignConfigRules rules, WhatIfReader reader, WhatIfPlaces places, CancellationToken cancel)
    {
        var request = body ?? new();
        var campaign = await store.Visible(rules, caller, id, cancel);
        using var place = places.TryEnter() ?? throw Refusal.TooManyRequests("This node simulates as many campaigns as it may at once (Api:MaxWhatIfs).", AskAgain);
        var facts = await reader.Read(new(campaign.Id), campaign.Config, request, cancel);
        // Seconds of a processor: on no thread that somebody's call or request waits for.
        return TypedResults.Ok(await Task.Run(() => Run(facts, request, cancel), cancel));
    }

    static WhatIfAnswer Run(WhatIfFacts facts, WhatIfRequest request, CancellationToken cancel)
    {
        var runs = new WhatIfRuns(facts.Basis, request.Seed);
        var present = Side(new());
        var asked = request.ChangesNothing ? present : Side(request);
        return new(present, asked, facts.History, WhatIfWords.Assumes(facts), WhatIfWords.Why(present, asked, facts));

        WhatIfSide Side(WhatIfRequest changes)
        {
            var setting = facts.Setting(changes);
            return WhatIfSides.Of(changes.Mode ?? facts.Campaign.Mode, setting, runs.Run(setting, cancel), facts.Now);
        }
    }
}
