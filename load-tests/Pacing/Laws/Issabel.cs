using Carillon.Pacing.Floor;

namespace Carillon.PacingBench.Laws;

/// <summary>
/// Issabel's (Elastix's) predictive dialing: agents free, and those whose talk is over with 97 % by the time of an answer were talks exponential; over the
/// answer-seizure ratio of half an hour. It knows no cap.
/// </summary>
sealed class Issabel : IFloorLaw
{
    const double Likely = 0.97, LowestRatio = 0.2, Interval = 3;

    readonly RecentCalls _recent = new(1800);
    Ticks _ticks = new(Interval);
    double _answerSeconds, _talkSeconds;
    long _answers, _talks;

    public int Decide(FloorView view)
    {
        if (!_ticks.Due(view.Now)) return 0;
        var agents = view.Idle;
        if (_talks > 0 && _answers > 0)
        {
            var (answer, talk) = (_answerSeconds / _answers, _talkSeconds / _talks);
            foreach (var agent in view.Agents)
                if (agent.State == FloorAgentState.Talking && 1 - Math.Exp(-(view.Now - agent.Since + answer) / talk) >= Likely) agents++;
        }
        var calls = agents - view.Waiting - view.OwnRinging();
        if (calls <= 0) return 0;
        _recent.Forget(view.Now);
        var ratio = _recent.Ended == 0 ? 1 : (double)_recent.Answered / _recent.Ended;
        return (int)(calls / Math.Max(ratio, LowestRatio));
    }

    public void Answered(FloorView view, double rang)
    {
        (_answerSeconds, _answers) = (_answerSeconds + rang, _answers + 1);
        _recent.Add(view.Now, 1, 1, 0);
    }

    public void NotAnswered(FloorView view, double rang) => _recent.Add(view.Now, 1, 0, 0);

    public void TalkEnded(FloorView view, double seconds) => (_talkSeconds, _talks) = (_talkSeconds + seconds, _talks + 1);
}
