using System.Collections.Immutable;
using Carillon.Agents;
using Carillon.Pacing.Evidence;
using Carillon.Pacing.Forecasts;

namespace Carillon.Queues;

/// <summary>How long this queue's agents talk and wrap up, learned from what is seen of them, and when those who are busy now will be free.</summary>
sealed class HandlingBook
{
    /// <summary>Wrap-ups kept as they were, for those who ask what they look like.</summary>
    const int WrapUpsKept = 1000;

    static readonly TimeSpan CurveInterval = TimeSpan.FromSeconds(30);

    readonly HandlingEvidence _evidence = new();
    readonly Queue<TimeSpan> _wrapUps = new();
    readonly Dictionary<TimeSpan, (HandlingCurve Curve, DateTimeOffset At)> _curves = [];

    /// <summary>The last ones, the oldest first.</summary>
    public ImmutableArray<TimeSpan> WrapUps => [.. _wrapUps];

    /// <summary>An agent's line went from one state to another.</summary>
    public void Saw(AgentLine before, AgentLine after)
    {
        if (before.State == after.State || before.Status != AgentStatus.Available || after.Status != AgentStatus.Available) return;
        var lasted = after.Since - before.Since;
        if (before.State == AgentState.Talking)
        {
            _evidence.Talked(lasted.TotalSeconds);
            if (after.State == AgentState.Idle) WrappedUp(TimeSpan.Zero);
        }
        else if (before.State == AgentState.WrapUp && after.State == AgentState.Idle) WrappedUp(lasted);
    }

    void WrappedUp(TimeSpan lasted)
    {
        _evidence.WrappedUp(lasted.TotalSeconds);
        _wrapUps.Enqueue(lasted);
        if (_wrapUps.Count > WrapUpsKept) _wrapUps.Dequeue();
    }

    /// <param name="grace">How long a caller may wait for them.</param>
    public CountForecast Freed(IReadOnlyCollection<AgentLine> busy, TimeSpan grace, DateTimeOffset now)
    {
        var curve = Curve(busy, grace, now);
        var freed = new CountForecast();
        foreach (var agent in busy)
        {
            var elapsed = (now - agent.Since).TotalSeconds;
            if (agent.State == AgentState.Talking) curve.AddTalking(freed, elapsed);
            // The queue's own wrap-up time is no guess.
            else if (agent.WrapUpEnds is { } ends) AddCertain(freed, (ends - now - grace).TotalSeconds);
            else curve.AddWrappingUp(freed, elapsed);
        }
        return freed;
    }

    HandlingCurve Curve(IReadOnlyCollection<AgentLine> busy, TimeSpan grace, DateTimeOffset now)
    {
        if (_curves.TryGetValue(grace, out var known) && now - known.At < CurveInterval && now >= known.At) return known.Curve;
        // Campaigns have few different graces; those of changed campaigns go.
        foreach (var (old, made) in _curves)
            if (now - made.At > 10 * CurveInterval) _curves.Remove(old);
        var curve = _evidence.Curve(Lasting(AgentState.Talking), Lasting(AgentState.WrapUp), grace.TotalSeconds);
        _curves[grace] = (curve, now);
        return curve;

        IEnumerable<double> Lasting(AgentState state) => busy.Where(a => a.State == state).Select(a => Math.Max(0, (now - a.Since).TotalSeconds));
    }

    static void AddCertain(CountForecast freed, double after)
    {
        for (var i = 0; i < Horizon.Length; i++)
            if (after <= Horizon.Seconds[i]) freed.Add(i, 1);
    }
}
