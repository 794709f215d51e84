namespace Carillon.Pacing.Floor;

/// <summary>
/// A floor of agents and their campaigns in virtual time: calls ring, are answered or not, wait for an agent, are talked to or abandoned. Laws decide at
/// most every quarter of a second when something happened, and every second when nothing did. The same seed gives the same run.
/// </summary>
public sealed class Floor
{
    const double DecisionInterval = 0.25, QuietInterval = 1;

    readonly FloorWorld _world;
    readonly IFloorLaw[] _laws;
    readonly FloorView[] _views;
    readonly Random _random;
    readonly FloorAgent[] _agents;
    readonly LinkedList<int> _idle = [];
    readonly LinkedListNode<int>[] _idleNodes;
    readonly List<FloorLine> _ringing = [];
    readonly List<(FloorLine Line, double Until)> _waiting = [];
    readonly PriorityQueue<Happening, double> _happenings = new();
    FloorDay _day;

    /// <param name="laws">One for each campaign.</param>
    public Floor(FloorWorld world, IReadOnlyList<IFloorLaw> laws, int seed)
    {
        if (laws.Count != world.Campaigns) throw new ArgumentException($"The world has {world.Campaigns} campaigns, but {laws.Count} laws were given.", nameof(laws));
        (_world, _laws, _random) = (world, [.. laws], new Random(seed));
        _views = [.. laws.Select((_, campaign) => new FloorView(this, campaign))];
        _agents = [.. Enumerable.Range(0, world.Agents).Select(_ => new FloorAgent())];
        _idleNodes = [.. Enumerable.Range(0, world.Agents).Select(agent => new LinkedListNode<int>(agent))];
    }

    internal double Now { get; private set; }
    internal IReadOnlyList<FloorAgent> Agents => _agents;
    internal IReadOnlyList<FloorLine> Ringing => _ringing;
    internal int Idle => _idle.Count;
    internal int Waiting => _waiting.Count;
    internal double QueueLook => _world.QueueLook;
    internal int LoggedIn { get; private set; }

    internal IFloorLaw LawOf(int campaign) => _laws[campaign];

    /// <summary>Runs days one after the other; what laws learn and their ledgers go on overnight, the clock shows 24 hours later.</summary>
    public IEnumerable<FloorDay> Run(int days)
    {
        for (var day = 0; day < days; day++) yield return RunDay(day * 86_400.0);
    }

    FloorDay RunDay(double opens)
    {
        var (closes, counts) = (opens + _world.Day, opens + _world.Settling);
        _day = default;
        _happenings.Clear();
        _ringing.Clear();
        _waiting.Clear();
        _idle.Clear();
        LoggedIn = 0;
        Now = opens;
        for (var agent = 0; agent < _agents.Length; agent++) Begin(agent);
        var (decideAt, decided, news) = (opens, double.NegativeInfinity, true);
        while (true)
        {
            var next = _happenings.TryPeek(out _, out var at) ? at : double.PositiveInfinity;
            decideAt = Math.Max(Now, decided + (news ? DecisionInterval : QuietInterval));
            var until = Math.Min(Math.Min(next, decideAt), closes);
            if (until >= counts) Count(until - Math.Max(Now, counts));
            else _day = default;
            Now = until;
            if (Now >= closes) return _day;
            if (next <= decideAt)
            {
                Happen(_happenings.Dequeue());
                news = true;
                continue;
            }
            Decide();
            (decided, news) = (Now, false);
        }
    }

    void Count(double seconds)
    {
        _day = _day with { LoggedIn = _day.LoggedIn + LoggedIn * seconds, Busy = _day.Busy + (LoggedIn - _idle.Count) * seconds };
    }

    void Decide()
    {
        // Campaigns take turns to be first.
        for (var i = 0; i < _laws.Length; i++)
        {
            var campaign = (int)((_day.Dials + i) % _laws.Length);
            var calls = _laws[campaign].Decide(_views[campaign]);
            for (var n = 0; n < calls && _ringing.Count < _world.Lines; n++) Place(campaign);
        }
    }

    void Place(int campaign)
    {
        var fate = _world.Place(campaign, Now, _random);
        var line = new FloorLine { Campaign = campaign, PlacedAt = Now, Fate = fate, Place = _ringing.Count };
        _ringing.Add(line);
        _day = _day with { Dials = _day.Dials + 1 };
        _happenings.Enqueue(new(HappeningKind.Rung, -1, line), Now + fate.Until);
    }

    void Happen(Happening happening)
    {
        switch (happening.Kind)
        {
            case HappeningKind.Rung:
                Rung(happening.Line!);
                break;
            case HappeningKind.WaitedTooLong:
                GiveUpWaiting();
                break;
            case HappeningKind.Looked:
                Look(happening.Line!);
                break;
            case HappeningKind.TalkEnded:
                var talked = _agents[happening.Agent];
                foreach (var (law, view) in _laws.Zip(_views)) law.TalkEnded(view, Now - talked.Since);
                (talked.State, talked.Since) = (FloorAgentState.WrapUp, Now);
                _happenings.Enqueue(new(HappeningKind.WrapUpEnded, happening.Agent, null), talked.FreeAt);
                break;
            case HappeningKind.WrapUpEnded:
                foreach (var (law, view) in _laws.Zip(_views)) law.WrapUpEnded(view, Now - _agents[happening.Agent].Since);
                LoggedIn--;
                Enter(happening.Agent);
                break;
            case HappeningKind.CameBack:
                Enter(happening.Agent);
                break;
        }
    }

    void Begin(int agent)
    {
        if (_world.InTalk(agent, _random) is not var (lasted, left))
        {
            Enter(agent);
            return;
        }
        LoggedIn++;
        Talk(agent, Now - lasted, Now + left);
    }

    /// <summary>The agent is free, unless they go away now.</summary>
    void Enter(int agent)
    {
        var line = _agents[agent];
        line.Since = Now;
        if (_world.Away(agent, Now, _random) is { } away && away > 0)
        {
            line.State = FloorAgentState.Away;
            _happenings.Enqueue(new(HappeningKind.CameBack, agent, null), Now + away);
            return;
        }
        line.State = FloorAgentState.Idle;
        LoggedIn++;
        _idle.AddLast(_idleNodes[agent]);
        GiveUpWaiting();
        if (_world.QueueLook <= 0 && _waiting.Count > 0) ConnectWaiting(0);
    }

    void Rung(FloorLine line)
    {
        // The last one takes its place: the order of ringing calls means nothing.
        var last = _ringing[^1];
        (_ringing[line.Place], last.Place) = (last, line.Place);
        _ringing.RemoveAt(_ringing.Count - 1);
        var (law, view) = (_laws[line.Campaign], _views[line.Campaign]);
        if (line.Fate.Ready > 0) law.Judged(view, line.Fate.WantsAgent, line.Fate.Ready);
        if (!line.Fate.WantsAgent)
        {
            if (line.Fate.Failed) law.Failed(view, Now - line.PlacedAt);
            else law.NotAnswered(view, Now - line.PlacedAt);
            return;
        }
        if (line.Fate.Human) _day = _day with { Answered = _day.Answered + 1 };
        law.Answered(view, Now - line.PlacedAt);
        // A free agent may be kept for somebody who waits, and has not looked since.
        if (_idle.Count > _waiting.Count) Connect(line);
        else
        {
            _waiting.Add((line, Now + _world.AbandonAfter));
            _happenings.Enqueue(new(HappeningKind.WaitedTooLong, -1, null), Now + _world.AbandonAfter);
            LookLater(line);
        }
    }

    void LookLater(FloorLine line)
    {
        if (_world.QueueLook > 0) _happenings.Enqueue(new(HappeningKind.Looked, -1, line), Now + _world.QueueLook);
    }

    void Look(FloorLine line)
    {
        GiveUpWaiting();
        var place = _waiting.FindIndex(w => w.Line == line);
        if (place < 0) return;
        if (place < _idle.Count) ConnectWaiting(place);
        else LookLater(line);
    }

    void ConnectWaiting(int place)
    {
        var line = _waiting[place].Line;
        _waiting.RemoveAt(place);
        Connect(line);
    }

    void GiveUpWaiting()
    {
        while (_waiting.Count > 0 && _waiting[0] is var waiting && waiting.Until <= Now)
        {
            _waiting.RemoveAt(0);
            // The law cannot know that it was a machine.
            if (waiting.Line.Fate.Human) _day = _day with { Abandoned = _day.Abandoned + 1 };
            _laws[waiting.Line.Campaign].Abandoned(_views[waiting.Line.Campaign]);
        }
    }

    void Connect(FloorLine line)
    {
        var agent = _idle.First!.Value;
        _idle.RemoveFirst();
        // A machine that was taken for a person keeps the agent as long as it takes to hear it.
        var talk = line.Fate.Human ? _world.Talk(agent, _random) : 5;
        Talk(agent, Now, Now + talk);
    }

    void Talk(int agent, double since, double ends)
    {
        var busy = _agents[agent];
        (busy.State, busy.Since, busy.TalkEnds) = (FloorAgentState.Talking, since, ends);
        busy.FreeAt = busy.TalkEnds + _world.WrapUp(agent, _random);
        _happenings.Enqueue(new(HappeningKind.TalkEnded, agent, null), busy.TalkEnds);
    }

    enum HappeningKind { Rung, WaitedTooLong, Looked, TalkEnded, WrapUpEnded, CameBack }

    readonly record struct Happening(HappeningKind Kind, int Agent, FloorLine? Line);
}

/// <summary>One day of the floor.</summary>
/// <param name="LoggedIn">Agent seconds at work.</param>
/// <param name="Busy">Of these, seconds in talk and wrap-up.</param>
/// <param name="Answered">Calls that people answered, abandoned ones included.</param>
public readonly record struct FloorDay(double LoggedIn, double Busy, long Answered, long Abandoned, long Dials)
{
    public double Utilisation => LoggedIn == 0 ? 0 : Busy / LoggedIn;

    public double AbandonmentRate => Answered == 0 ? 0 : (double)Abandoned / Answered;

    public static FloorDay operator +(FloorDay a, FloorDay b) =>
        new(a.LoggedIn + b.LoggedIn, a.Busy + b.Busy, a.Answered + b.Answered, a.Abandoned + b.Abandoned, a.Dials + b.Dials);
}
