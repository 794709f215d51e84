using Carillon.Api.Pages.Forecast;
using Carillon.Api.Tests;
using Carillon.Queues;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Pages.Tests.Forecast;

public sealed class ForecastPageTests : PageTest<ForecastPage>
{
    [Fact]
    public async Task What_cannot_be_simulated_says_why_in_the_viewers_language()
    {
        var floor = await Floor.Make(Admin);
        Node.Grains.Get<IQueueGrain>(floor.Queue).GetSnapshot().Returns(FakeGrains.Queue(floor.Queue, "PJSIP/9001"));
        var campaign = await floor.Campaign(Admin);
        foreach (var (language, simulate) in new[] { ("en", "Simulate"), ("ru", "Рассчитать") })
        {
            var screen = await Open($"/campaigns/{campaign}/forecast", language: language);
            await screen.Press(simulate);
            var refusal = screen.Find(".refusal").Said();
            Assert.True(refusal.Any(c => c is >= 'а' and <= 'я') == (language == "ru"), refusal);
        }
    }

    [Fact]
    public async Task A_figure_beyond_all_bounds_is_told_beside_its_field()
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        var screen = await Open($"/campaigns/{campaign}/forecast");
        await screen.Write("cap", "250");
        await screen.Press("Simulate");
        Assert.NotEmpty(screen.Problem("cap"));
        Assert.Empty(screen.All(".answer"));
    }

    [Fact]
    public async Task An_empty_list_says_that_nobody_waits()
    {
        var campaign = await (await Floor.Make(Admin)).Campaign(Admin);
        await (await Open($"/campaigns/{campaign}/forecast")).Sees("Nobody waits for a call.");
    }

    [Fact]
    public async Task A_campaign_of_other_groups_is_not_found()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        var screen = await Open($"/campaigns/{await theirs.Campaign(Admin)}/forecast", Role.Supervisor, [mine.Group!]);
        await screen.Sees("There is no campaign");
        Assert.Empty(screen.All("#agentsMore"));
    }
}
