namespace Carillon.Bench.Floor;

/// <summary>A clock that goes some times faster than life: the whole product lives by it, timers included.</summary>
sealed class FastClock(double speed) : TimeProvider
{
    readonly DateTimeOffset _start = System.GetUtcNow();
    readonly long _startStamp = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (System.GetElapsedTime(_startStamp) * speed).Ticks;

    public override DateTimeOffset GetUtcNow() => _start + System.GetElapsedTime(_startStamp) * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    TimeSpan Real(TimeSpan time) => time > TimeSpan.Zero ? time / speed : time;

    sealed class Timer(ITimer timer, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
