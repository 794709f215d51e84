using Carillon.Pacing.Floor;

namespace Carillon.Pacing.WhatIf;

/// <summary>A world whose calls are written down as a campaign's records would be.</summary>
sealed class RecordingWorld(FloorWorld world) : FloorWorld
{
    readonly List<PastCall> _calls = [];
    int _untalked;

    public IReadOnlyList<PastCall> Calls => _calls;
    public List<double> WrapUps { get; } = [];

    public override double Day => world.Day;
    public override int Agents => world.Agents;
    public override double AbandonAfter => world.AbandonAfter;
    public override double QueueLook => world.QueueLook;

    public override FloorCall Place(int campaign, double now, Random random)
    {
        var call = world.Place(campaign, now, random);
        _calls.Add(new(call.Attempt, (int)(now / 3600) % 24, call.WantsAgent, call.After, call.Ready, Failed: call.Failed));
        return call;
    }

    public override double Talk(int agent, Random random)
    {
        var talk = world.Talk(agent, random);
        while (!_calls[_untalked].Answered) _untalked++;
        _calls[_untalked] = _calls[_untalked] with { Talk = talk };
        _untalked++;
        return talk;
    }

    public override double WrapUp(int agent, Random random)
    {
        WrapUps.Add(world.WrapUp(agent, random));
        return WrapUps[^1];
    }
}
