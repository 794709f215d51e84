using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Problems;
using Carillon.Campaigns;
using Carillon.Pacing.WhatIf;

namespace Carillon.Api.Campaigns.WhatIf;

/// <summary>Simulates campaigns of the caller from their own calls. Refusals are thrown as <see cref="Refusal"/>.</summary>
sealed class WhatIfDesk(ConfigDesk<CampaignConfig> campaigns, WhatIfReader reader, WhatIfPlaces places)
{
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    public async Task<WhatIfAnswer> Ask(Caller caller, string id, WhatIfRequest request, CancellationToken cancel)
    {
        var campaign = await campaigns.Get(caller, id, cancel);
        using var place = places.TryEnter() ?? throw Refusal.TooManyRequests("This node simulates as many campaigns as it may at once (Api:MaxWhatIfs).", AskAgain);
        var facts = await reader.Read(new(campaign.Id), campaign.Config, request, cancel);
        // Seconds of a processor: on no thread that somebody's call or request waits for.
        return await Task.Run(() => Run(facts, request, cancel), cancel);
    }

    static WhatIfAnswer Run(WhatIfFacts facts, WhatIfRequest request, CancellationToken cancel)
    {
        var runs = new WhatIfRuns(facts.Basis, request.Seed);
        var present = Side(new());
        var asked = request.ChangesNothing ? present : Side(request);
        return new(present, asked, facts.History, WhatIfWords.Assumes(facts, present, asked), WhatIfWords.Why(present, asked, facts));

        WhatIfSide Side(WhatIfRequest changes)
        {
            var setting = facts.Setting(changes);
            return WhatIfSides.Of(changes.Mode ?? facts.Campaign.Mode, setting, runs.Run(setting, cancel), facts.Now);
        }
    }
}
