namespace Carillon.PacingBench.Laws;

/// <summary>What became of the calls of the last minutes.</summary>
sealed class RecentCalls(double window)
{
    readonly Queue<(double At, int Ended, int Answered, int Abandoned)> _calls = new();

    public int Ended { get; private set; }
    public int Answered { get; private set; }
    public int Abandoned { get; private set; }

    public void Add(double now, int ended, int answered, int abandoned)
    {
        _calls.Enqueue((now, ended, answered, abandoned));
        Count(ended, answered, abandoned);
        Forget(now);
    }

    public void Forget(double now)
    {
        while (_calls.TryPeek(out var call) && call.At < now - window)
        {
            _calls.Dequeue();
            Count(-call.Ended, -call.Answered, -call.Abandoned);
        }
    }

    void Count(int ended, int answered, int abandoned) => (Ended, Answered, Abandoned) = (Ended + ended, Answered + answered, Abandoned + abandoned);
}
