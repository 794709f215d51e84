using Bunit;
using Carillon.Api.Pages.Queues;
using Carillon.Api.Tests;
using Carillon.Queues;
using Carillon.Storage;
using NSubstitute;
using Orleans.Runtime;

namespace Carillon.Pages.Tests;

/// <summary>What cannot be done now and may be a moment later: pages say so and stay as they are.</summary>
public sealed class OutageTests : PageTest<QueuePage>
{
    static readonly Exception NoDatabase = new StorageException("No route to 192.0.2.1.") { IsTransient = true };

    public static TheoryData<Exception, string, string> Outages => new()
    {
        { NoDatabase, "en", "The database cannot be reached now; try again." },
        { NoDatabase, "ru", "База данных сейчас недоступна" },
        { new TimeoutException("Response did not arrive on time."), "en", "No answer came in time." },
        { new TimeoutException("Response did not arrive on time."), "ru", "Ответ не пришёл вовремя." },
        { new OrleansException("Silo is shutting down."), "en", "This node cannot do it now" },
        { new OrleansException("Silo is shutting down."), "ru", "Этот узел сейчас не может этого сделать" },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task What_was_typed_stays_and_can_be_saved_later(Exception outage, string language, string said)
    {
        await Make("servers", Floor.NewServer("pbx1"));
        var screen = await Open("/queues/new", language: language);
        await screen.Write("name", "sales");
        screen.Unread = outage;
        await screen.Find("form").SubmitAsync();
        Assert.Contains(said, screen.Find(".refusal").Said(), StringComparison.Ordinal);
        Assert.Equal("sales", screen.Value("name"));

        screen.Unread = null;
        await screen.Find("form").SubmitAsync();
        Assert.Equal("sales", Assert.Single(await Node.Service<ConfigStore<QueueConfig>>().ListAsync()).Config.Name);
    }

    [Fact]
    public async Task Another_page_says_that_it_cannot_be_shown_and_is_as_soon_as_it_can()
    {
        var screen = await Open("/queues/new");
        screen.Unread = NoDatabase;
        screen.GoTo("/schedules");
        await screen.Sees("This page cannot be shown now The database cannot be reached now; try again.");
        screen.Unread = null;
        await screen.Press("Try again");
        await screen.When(() => Assert.Equal("Schedules", screen.Heading));
    }

    [Fact]
    public async Task A_page_of_the_floor_goes_on_when_who_looks_can_be_read_again()
    {
        var floor = await Floor.Make(Admin);
        var screen = await Open("/queues/new");
        screen.GoTo("/queues");
        await screen.Sees(floor.NameOfQueue);
        screen.Unread = NoDatabase;
        await Look(1);
        await Look(2);
        screen.Unread = null;
        await Look(3);

        // Who looks is asked for anew after so long.
        async Task Look(int waiting)
        {
            Node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue) with { CallersWaiting = waiting });
            Node.Time.Advance(TimeSpan.FromSeconds(16));
            await screen.When(() => Assert.EndsWith($"0 0 {waiting}", screen.Row(floor.NameOfQueue).Said(), StringComparison.Ordinal));
        }
    }
}
