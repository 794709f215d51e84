using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>So many calls for each idle agent. What is left of a whole call is drawn by chance, anew whenever the count of idle agents changes.</summary>
sealed class FixedRatio(double ratio, int seed) : IFloorLaw
{
    readonly Random _random = new(seed);
    int _idle = -1, _target;

    public int Decide(FloorView view)
    {
        var idle = Math.Max(0, view.Idle - view.Waiting);
        if (idle != _idle) (_idle, _target) = (idle, (int)(ratio * idle + _random.NextDouble()));
        return Math.Max(0, _target - view.OwnRinging());
    }
}
