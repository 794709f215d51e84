using Carillon.Campaigns;
using Carillon.Pacing;

namespace Carillon.Grains.Tests;

public class CallStartsTests
{
    static readonly TimeSpan Now = TimeSpan.FromDays(7);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1) + CallsPerSecondBucket.Margin;

    readonly CallStarts _starts = new(Now - TimeSpan.FromHours(1));

    static Dictionary<AttemptId, bool> Calls(params int[] numbers) => numbers.ToDictionary(n => new AttemptId($"carillon-{n:00000000000000000000000000}"), _ => false);

    static Dictionary<AttemptId, bool> AgentFirst(params int[] numbers) => Calls(numbers).ToDictionary(c => c.Key, _ => true);

    [Fact]
    public void A_call_counts_until_it_went_out_and_a_second_longer()
    {
        _starts.SetRate(2);
        _starts.See(Calls(1), Now);
        Assert.Equal(1, _starts.Left(Now));

        _starts.See(Calls(), Now);
        Assert.Equal(1, _starts.Left(Now + Second - TimeSpan.FromTicks(1)));
        Assert.Equal(2, _starts.Left(Now + Second));
    }

    [Fact]
    public void Calls_of_a_server_that_hangs_do_not_hold_up_the_others_for_ever()
    {
        _starts.SetRate(2);
        _starts.See(Calls(1, 2), Now);
        var late = Now + CallStarts.LongestWay;
        _starts.See(Calls(1, 2), late - TimeSpan.FromTicks(1));
        Assert.Equal(0, _starts.Left(late + TimeSpan.FromHours(1)));

        _starts.See(Calls(1, 2), late);
        Assert.Equal(0, _starts.Left(late + Second - TimeSpan.FromTicks(1)));
        Assert.Equal(2, _starts.Left(late + Second));

        // Whatever becomes of them then, each has counted once.
        _starts.See(Calls(1, 2, 3), late + Second);
        _starts.See(Calls(3), late + Second);
        Assert.Equal(1, _starts.Left(late + Second));
    }

    [Fact]
    public void A_call_that_rings_its_agent_first_counts_until_the_number_was_dialed_however_late()
    {
        _starts.SetRate(1);
        _starts.See(AgentFirst(1), Now);
        _starts.See(AgentFirst(1), Now + 2 * CallStarts.LongestWay);
        Assert.Equal(0, _starts.Left(Now + TimeSpan.FromHours(1)));

        _starts.See(AgentFirst(), Now + 3 * CallStarts.LongestWay);
        Assert.Equal(1, _starts.Left(Now + 3 * CallStarts.LongestWay + Second));
    }

    [Fact]
    public void One_that_goes_while_another_comes_is_not_mistaken_for_it()
    {
        _starts.SetRate(3);
        _starts.See(Calls(1), Now);
        _starts.See(Calls(2), Now);

        Assert.Equal(1, _starts.Left(Now));
        Assert.Equal(2, _starts.Left(Now + Second));
    }

    [Fact]
    public void A_limit_that_is_set_later_knows_the_calls_of_before()
    {
        _starts.SetRate(null);
        _starts.See(Calls(1, 2), Now);
        Assert.Equal(int.MaxValue, _starts.Left(Now));

        _starts.SetRate(3);

        Assert.Equal(1, _starts.Left(Now));
    }

    [Fact]
    public void With_a_limit_a_new_activation_waits_a_second_and_without_one_it_does_not() =>
        Assert.Equal((0, 1, int.MaxValue), (Left(1, Now), Left(1, Now + Second), Left(null, Now)));

    static int Left(double? rate, TimeSpan now)
    {
        var starts = new CallStarts(Now);
        starts.SetRate(rate);
        return starts.Left(now);
    }
}
