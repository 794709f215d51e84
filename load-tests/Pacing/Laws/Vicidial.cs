using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

enum VicidialMethod { HardLimit, Average, Tapered }

/// <summary>
/// VICIdial's adaptive dialing, after what AST_VDadapt and AST_VDauto_dial do, with their defaults: a dial level of calls per agent who is ready or in a
/// call, 1 to 3; target 0, intensity 0.
/// </summary>
sealed class Vicidial(VicidialMethod method, double cap, double dayHours = 8) : IFloorLaw
{
    const int Samples = 15, CallsOfAMinute = 20, CallsOfADay = 50;
    const double MostLevel = 3.0, TaperHours = 10;

    readonly Queue<(double Spare, double Agents)> _samples = new();
    readonly RecentCalls _lastMinute = new(60);
    Ticks _dial = new(2.5), _sample = new(1), _adapt = new(15), _count = new(60);
    long _day = -1, _answered, _abandoned;
    double _level = 1, _dropRate;

    public int Decide(FloorView view)
    {
        if (view.DayNumber() != _day) (_day, _answered, _abandoned, _dropRate) = (view.DayNumber(), 0, 0, 0);
        if (_sample.Due(view.Now))
        {
            _samples.Enqueue((view.Idle - view.Waiting, view.LoggedIn));
            if (_samples.Count > Samples) _samples.Dequeue();
        }
        if (_count.Due(view.Now)) _dropRate = _answered == 0 ? 0 : (double)_abandoned / _answered;
        if (_adapt.Due(view.Now)) Adapt(view.Now);
        if (!_dial.Due(view.Now)) return 0;
        var talking = view.Talking();
        var goal = (int)Math.Round(_level * (view.Idle + talking), MidpointRounding.AwayFromZero);
        return Math.Max(0, goal - talking - view.Waiting - view.OwnRinging());
    }

    void Adapt(double now)
    {
        var agents = _samples.Sum(s => s.Agents);
        if (agents > 0) _level *= 1 + _samples.Sum(s => s.Spare) / agents;
        _level = Math.Clamp(_level, 1, MostLevel);
        _lastMinute.Forget(now);
        if (_lastMinute.Answered > CallsOfAMinute && _lastMinute.Abandoned * 2 > _lastMinute.Answered) _level /= 2;
        if (_answered > CallsOfADay && _dropRate > cap)
            _level = method switch
            {
                VicidialMethod.HardLimit => 1,
                VicidialMethod.Average => _level / 2,
                _ => _level * Math.Max(0, dayHours - now % 86_400 / 3600) / TaperHours,
            };
        _level = Math.Max(1, _level);
    }

    public void Answered(FloorView view, double rang)
    {
        _answered++;
        _lastMinute.Add(view.Now, 1, 1, 0);
    }

    public void Abandoned(FloorView view)
    {
        _abandoned++;
        _lastMinute.Add(view.Now, 0, 0, 1);
    }
}
