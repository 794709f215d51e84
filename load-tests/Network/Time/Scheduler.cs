namespace Carillon.Network;

/// <summary>
/// The one clock of a network: every delay of every call, queue and phone is an alarm here, fired by one timer under the network's gate.
/// Delays are given in simulated time and shortened by the speed; due times are rounded up to a tick, so that one wake-up serves many calls.
/// </summary>
sealed class Scheduler : IDisposable
{
    readonly TimeProvider _time;
    readonly Lock _gate;
    readonly Action _afterBatch;
    readonly double _speed;
    readonly long _tick;
    readonly PriorityQueue<Alarm, (long Due, long Order)> _alarms = new();
    readonly ITimer _timer;
    long _order;
    long _armedFor = long.MaxValue;
    bool _firing;

    public Scheduler(TimeProvider time, Lock gate, double speed, TimeSpan tick, Action afterBatch)
    {
        (_time, _gate, _speed, _tick, _afterBatch) = (time, gate, speed, tick.Ticks, afterBatch);
        _timer = time.CreateTimer(static self => ((Scheduler)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Real time that a simulated duration takes.</summary>
    public TimeSpan Real(TimeSpan simulated) => simulated / _speed;

    public Alarm After(TimeSpan simulated, Action run) => AfterReal(Real(simulated), run);

    /// <summary>For what belongs to the connection and not to a call: not shortened by the speed.</summary>
    public Alarm AfterReal(TimeSpan real, Action run)
    {
        var due = Now.UtcTicks + Math.Max(0, real.Ticks);
        due = (due + _tick - 1) / _tick * _tick;
        var alarm = new Alarm(run);
        _alarms.Enqueue(alarm, (due, _order++));
        if (!_firing) Arm();
        return alarm;
    }

    void Arm()
    {
        if (!_alarms.TryPeek(out _, out var next) || next.Due >= _armedFor) return;
        _armedFor = next.Due;
        var wait = TimeSpan.FromTicks(Math.Max(0, next.Due - Now.UtcTicks));
        // A real timer cuts to whole milliseconds: without rounding up it would fire early and spin.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    void Fire()
    {
        lock (_gate)
        {
            _armedFor = long.MaxValue;
            _firing = true;
            while (_alarms.TryPeek(out var alarm, out var due) && due.Due <= Now.UtcTicks)
            {
                _alarms.Dequeue();
                alarm.Run?.Invoke();
            }
            _firing = false;
            Arm();
            _afterBatch();
        }
    }

    public void Dispose() => _timer.Dispose();
}

/// <summary>One delayed step. Cancelling leaves an empty entry that goes at its due time.</summary>
sealed class Alarm(Action run)
{
    public Action? Run { get; private set; } = run;

    public void Cancel() => Run = null;
}
