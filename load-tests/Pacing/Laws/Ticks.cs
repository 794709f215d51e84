namespace Carillon.PacingBench.Laws;

/// <summary>A law that acts every so often, though it is asked more often and at other moments: on average it acts at its own pace.</summary>
struct Ticks(double interval)
{
    const double HalfQuietInterval = 0.5;

    double _next = double.NegativeInfinity;

    public bool Due(double now)
    {
        if (now < _next - HalfQuietInterval) return false;
        _next = now - _next > interval ? now + interval : _next + interval;
        return true;
    }
}
