using Carillon.Api.Floor;
using Carillon.Api.Pages.Charts;

namespace Carillon.Api.Pages.Wallboard;

public sealed partial class WallboardPage
{
    IReadOnlyList<FloorAlert> _alerts = [];
    IReadOnlyList<Series> _hour = [];
    DateTimeOffset _hourOf;

    protected override void Looked()
    {
        _alerts = FloorAlerts.Of(Look);
        if (Look.At - _hourOf < FloorHour.Step && _hour.Count > 0) return;
        (_hourOf, _hour) = (Look.At, FloorHour.Of(Look, W));
    }
}
