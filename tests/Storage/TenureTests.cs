using Carillon.TestKit;

namespace Carillon.Storage.Tests;

public class TenureTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly FakeTime _time = new();

    [Fact]
    public void It_lasts_from_the_start_until_it_is_lost_and_its_loss_counts_from_when_it_was_certain_last()
    {
        var tenure = new Tenure(_time);
        _time.Advance(20 * Second);
        tenure.Confirm(_time.GetTimestamp());
        Assert.Equal((20 * Second, TimeSpan.Zero), (tenure.Lasted, tenure.LostFor));

        // The question that is not answered takes a while.
        _time.Advance(2 * Second);
        tenure.Lose();

        Assert.True(tenure.IsLost);
        Assert.Equal((TimeSpan.Zero, 2 * Second), (tenure.Lasted, tenure.LostFor));
    }

    [Fact]
    public void Who_has_it_again_has_it_only_since_then()
    {
        var tenure = new Tenure(_time);
        _time.Advance(20 * Second);
        tenure.Lose();
        var asked = _time.GetTimestamp();
        _time.Advance(Second);
        tenure.Confirm(asked);
        _time.Advance(Second);

        Assert.False(tenure.IsLost);
        Assert.Equal((2 * Second, TimeSpan.Zero), (tenure.Lasted, tenure.LostFor));
    }
}
