using Carillon.Agents;
using Carillon.Queues;

namespace Carillon.Grains.Tests;

public class HandlingBookTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly HandlingBook _book = new();

    static AgentLine Line(AgentState state, int at, AgentStatus status = AgentStatus.Available) => new(new("a1"), "a1", status, state, null, Now.AddSeconds(at), null, []);

    [Fact]
    public void Wrap_ups_are_kept_as_they_were_and_a_talk_without_one_counts_as_none()
    {
        _book.Saw(Line(AgentState.Talking, 0), Line(AgentState.WrapUp, 60));
        _book.Saw(Line(AgentState.WrapUp, 60), Line(AgentState.Idle, 75));
        _book.Saw(Line(AgentState.Talking, 80), Line(AgentState.Idle, 95));
        // Who leaves in the middle of a wrap-up has not ended it.
        _book.Saw(Line(AgentState.WrapUp, 100), Line(AgentState.Idle, 700, AgentStatus.Paused));
        Assert.Equal([TimeSpan.FromSeconds(15), TimeSpan.Zero], _book.WrapUps.ToArray());
    }

    [Fact]
    public void The_last_thousand_are_kept()
    {
        for (var i = 0; i < 1005; i++) _book.Saw(Line(AgentState.WrapUp, 0), Line(AgentState.Idle, i));
        Assert.Equal((1000, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1004)), (_book.WrapUps.Length, _book.WrapUps[0], _book.WrapUps[^1]));
    }
}
