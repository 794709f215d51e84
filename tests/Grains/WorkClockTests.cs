using Carillon.Agents;

namespace Carillon.Grains.Tests;

public sealed class WorkClockTests
{
    static readonly AgentId Ann = new("PJSIP/ann");
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    readonly WorkClock _clock = new();

    static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    AgentSpell? See(double at, AgentPlace place, string? reason = null) => _clock.Seen(Ann, place, reason, At(at));

    [Fact]
    public void A_spell_lasts_from_one_sighting_to_the_next()
    {
        Assert.Null(See(0, AgentPlace.Free));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Free, null, At(0), At(10)), See(10, AgentPlace.Talking));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Talking, null, At(10), At(40)), See(40, AgentPlace.Talking));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Talking, null, At(40), At(50)), See(50, AgentPlace.Paused, "lunch"));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Paused, "lunch", At(50), At(60)), See(60, AgentPlace.LoggedOut));
        Assert.Null(See(70, AgentPlace.Free));
    }

    [Fact]
    public void Time_in_which_nobody_saw_them_is_not_counted()
    {
        See(0, AgentPlace.Free);
        Assert.Null(See(WorkClock.Silence.TotalSeconds + 1, AgentPlace.Free));
        var after = WorkClock.Silence.TotalSeconds + 1;
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Free, null, At(after), At(after + 5)), See(after + 5, AgentPlace.Free));
    }

    [Fact]
    public void A_sighting_that_was_overtaken_counts_nothing_twice()
    {
        See(0, AgentPlace.Free);
        See(10, AgentPlace.Talking);
        Assert.Null(See(8, AgentPlace.WrappingUp));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.WrappingUp, null, At(10), At(20)), See(20, AgentPlace.Free));
    }

    [Fact]
    public void After_the_clock_was_set_back_it_goes_on_from_there()
    {
        See(0, AgentPlace.Free);
        Assert.Null(See(-3600, AgentPlace.Talking));
        Assert.Equal(new AgentSpell(Ann, AgentPlace.Talking, null, At(-3600), At(-3590)), See(-3590, AgentPlace.Free));
    }

    [Theory]
    [InlineData(AgentStatus.Available, AgentState.Idle, AgentPlace.Free)]
    [InlineData(AgentStatus.Paused, AgentState.Idle, AgentPlace.Paused)]
    [InlineData(AgentStatus.Paused, AgentState.Talking, AgentPlace.Talking)]
    [InlineData(AgentStatus.Paused, AgentState.WrapUp, AgentPlace.WrappingUp)]
    [InlineData(AgentStatus.LoggedOut, AgentState.Idle, AgentPlace.LoggedOut)]
    public void Where_they_are_is_what_their_line_does_and_then_what_they_chose(AgentStatus status, AgentState state, AgentPlace place) => Assert.Equal(place, AgentPlaces.Of(status, state));
}
