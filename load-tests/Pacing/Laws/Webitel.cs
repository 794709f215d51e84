using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>
/// Webitel's predictive dialing: attempts per answer of the last hour for each idle agent, more while the abandonment of that hour is below its target, less
/// up to the most that is allowed, and none beyond. Progressive until enough attempts were made.
/// </summary>
sealed class Webitel(double cap, double target) : IFloorLaw
{
    const double Factor = 10;
    const int FewestAttempts = 100;

    readonly RecentCalls _recent = new(3600);
    Ticks _refresh = new(30);
    double _over = 1;

    public int Decide(FloorView view)
    {
        if (_refresh.Due(view.Now)) _over = Over(view.Now);
        return Math.Max(0, (int)(_over * Math.Max(0, view.Idle - view.Waiting)) - view.OwnRinging());
    }

    double Over(double now)
    {
        _recent.Forget(now);
        if (_recent.Ended < FewestAttempts || _recent.Answered == 0) return 1;
        var (over, abandoned) = ((double)_recent.Ended / _recent.Answered, 100.0 * _recent.Abandoned / _recent.Answered);
        var (most, aim) = (100 * cap, 100 * target);
        if (abandoned >= most) return 1;
        return Math.Max(1, abandoned < aim ? over * (1 + (aim - abandoned) * Factor / 100) : over * (most - abandoned) * (100 + Factor) / (100 * most));
    }

    public void Answered(FloorView view, double rang) => _recent.Add(view.Now, 1, 1, 0);

    public void NotAnswered(FloorView view, double rang) => _recent.Add(view.Now, 1, 0, 0);

    public void Abandoned(FloorView view) => _recent.Add(view.Now, 0, 0, 1);
}
