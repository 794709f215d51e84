namespace Carillon.PacingBench.Worlds;

/// <summary>Who waits looks for a free agent once a second, as in Asterisk's app_queue: a free agent may wait for them up to a second, and who looks after two finds nobody in time.</summary>
sealed class QueueWorld(int agents, double answer) : StandardWorld(agents, answer)
{
    public override double QueueLook => 1;
}
