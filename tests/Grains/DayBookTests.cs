using Carillon.Campaigns;
using Carillon.Pacing.Evidence;
using Carillon.Storage;
using Carillon.TestKit;

namespace Carillon.Grains.Tests;

public class DayBookTests
{
    static readonly CampaignId Spring = new("spring");

    readonly DayProfile _day = new();

    void See(int hour) => _day.Ended(true, new(Day: 1, Seconds: hour * 3600));

    [Fact]
    public async Task What_was_written_without_an_answer_does_not_keep_the_next_hours_from_being_kept()
    {
        await using var node = await GrainNode.Start();
        var (days, database) = (node.Get<DayProfileStore>(), node.Get<Database>());
        var book = new DayBook(days, Spring);
        See(hour: 9);
        await database.WriteAsync(s => s.ExecuteAsync("CREATE TRIGGER deaf BEFORE INSERT ON grain_state BEGIN SELECT RAISE(ABORT, 'no answer'); END"));
        await Assert.ThrowsAnyAsync<Exception>(() => book.Keep(_day));
        await database.WriteAsync(s => s.ExecuteAsync("DROP TRIGGER deaf"));
        // As if it had come to pass all the same.
        await days.SetAsync(Spring, _day.Memory, null);

        See(hour: 10);
        await book.Keep(_day);
        Assert.Equal(10, (await days.GetAsync(Spring))!.Value.Memory.Hour);
        See(hour: 11);
        await book.Keep(_day);
        Assert.Equal(11, (await days.GetAsync(Spring))!.Value.Memory.Hour);
    }

    [Fact]
    public async Task What_another_node_has_kept_meanwhile_stays()
    {
        await using var node = await GrainNode.Start();
        var days = node.Get<DayProfileStore>();
        var (book, other) = (new DayBook(days, Spring), new DayBook(days, Spring));
        See(hour: 9);
        await book.Keep(_day);
        await other.Recall();
        See(hour: 10);
        await other.Keep(_day);
        See(hour: 11);
        await book.Keep(_day);

        Assert.Equal(10, (await days.GetAsync(Spring))!.Value.Memory.Hour);
    }
}
