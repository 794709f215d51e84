using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>One call for each idle agent.</summary>
sealed class Progressive : IFloorLaw
{
    public int Decide(FloorView view) => Math.Max(0, view.Idle - view.Waiting - view.OwnRinging());
}
