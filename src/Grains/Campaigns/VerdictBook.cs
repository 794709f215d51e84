using Carillon.Calls;

namespace Carillon.Campaigns;

/// <summary>What AMD has made of a campaign's calls, and how long that took of late.</summary>
sealed class VerdictBook
{
    const int Window = 100;

    readonly Queue<TimeSpan> _took = new(Window);
    readonly long[] _counts = new long[3];

    public DetectionProgress? Progress => _took.Count == 0 ? null : new()
    {
        Humans = _counts[(int)MachineVerdict.Human],
        Machines = _counts[(int)MachineVerdict.Machine],
        NotSure = _counts[(int)MachineVerdict.NotSure],
        Delay = TimeSpan.FromTicks((long)_took.Average(t => t.Ticks)),
    };

    public void Add(MachineReport report)
    {
        _counts[(int)report.Verdict]++;
        if (_took.Count == Window) _took.Dequeue();
        _took.Enqueue(report.Took);
    }

    public void Clear()
    {
        _took.Clear();
        Array.Clear(_counts);
    }
}
