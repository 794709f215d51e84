namespace Carillon.Hosting;

/// <summary>
/// The time of the start and what has passed since: it does not follow a clock that is set. For what the runtime only measures. When the clock of the machine
/// went back by more than a grain is kept idle, Orleans (10.4.2) could activate nothing until it had caught up.
/// </summary>
sealed class SteadyTime : TimeProvider
{
    readonly DateTimeOffset _startedAt;
    readonly long _started;

    public SteadyTime() => (_startedAt, _started) = (base.GetUtcNow(), GetTimestamp());

    public override DateTimeOffset GetUtcNow() => _startedAt + GetElapsedTime(_started);
}
