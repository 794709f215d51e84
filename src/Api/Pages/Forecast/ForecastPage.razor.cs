using Carillon.Api.Campaigns.WhatIf;
using Carillon.Api.Configs;
using Carillon.Campaigns;
using Carillon.Config;
using Carillon.Pacing.WhatIf;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Forecast;

public sealed partial class ForecastPage
{
    Stored<CampaignConfig>? _campaign;
    WhatIfAnswer? _answer;
    int? _agentsMore, _channels;
    double? _cap;
    string _mode = "";

    [Parameter] public string Id { get; set; } = "";
    [Inject] internal ConfigDesk<CampaignConfig> Campaigns { get; set; } = null!;
    [Inject] internal WhatIfDesk WhatIf { get; set; } = null!;

    protected override Task OnInitializedAsync() => Do(async (caller, cancel) => _campaign = await Campaigns.Get(caller, Id, cancel));

    Task<bool> Ask()
    {
        _answer = null;
        var request = Request;
        return Read((caller, cancel) => WhatIf.Ask(caller, Id, request, cancel), answer => _answer = answer);
    }

    WhatIfRequest Request => new()
    {
        AgentsMore = _agentsMore,
        Mode = _mode.Length == 0 ? null : Enum.Parse<PacingMode>(_mode),
        AbandonmentCap = _cap / 100,
        Channels = _channels,
    };

    IEnumerable<(string Name, string Present, string Asked)> Rows(WhatIfAnswer answer)
    {
        var (a, b) = (answer.Present, answer.Asked);
        yield return (W["Agents"], W.Number(a.Agents), W.Number(b.Agents));
        yield return (W["Mode"], W.Of(a.Mode), W.Of(b.Mode));
        yield return (W["Agents at work"], Share(a.Utilisation), Share(b.Utilisation));
        yield return (W["Abandoned"], Share(a.AbandonedShare), Share(b.AbandonedShare));
        yield return (W["Calls an hour"], Rate(a.CallsPerHour), Rate(b.CallsPerHour));
        yield return (W["Talks an hour"], Rate(a.TalksPerHour), Rate(b.TalksPerHour));
        yield return (W["The list is through"], Finish(a.Finish), Finish(b.Finish));
    }

    string Share(Spread spread) => W["{0} ({1} to {2})", W.Percent(spread.Expected), W.Percent(spread.Low), W.Percent(spread.High)];

    string Rate(Spread spread) => W["{0} ({1} to {2})", W.Number(spread.Expected), W.Number(spread.Low), W.Number(spread.High)];

    string Finish(WhatIfFinish finish) => finish.At is { } at ? W.Moment(at, Now) : W.Said(finish.Why);
}
