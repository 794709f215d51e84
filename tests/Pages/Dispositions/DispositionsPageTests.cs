using Carillon.Api.Pages.Dispositions;
using Carillon.Api.Tests;
using Carillon.Users;

namespace Carillon.Pages.Tests.Dispositions;

public sealed class DispositionsPageTests : PageTest<DispositionsPage>
{
    [Fact]
    public async Task What_becomes_of_a_lead_is_told_in_the_viewers_language()
    {
        await Make("dispositions", new { name = "Later", action = "CallAgain", retry = new { attempts = 2, interval = "04:00:00" }, sameAgent = true });
        await Make("dispositions", new { name = "Never", action = "DoNotCall", everywhere = true });

        var (english, russian) = (await Open("/dispositions"), await Open("/dispositions", language: "ru"));

        await english.Sees("Later Call again after 4.0 h, 2 times at most; by the same agent For all campaigns");
        await english.Sees("Never Do not call on the list for all campaigns");
        await russian.Sees("Later Перезвонить");
        await russian.Sees("Never Не звонить");
    }

    [Fact]
    public async Task A_supervisor_does_not_see_those_of_other_groups()
    {
        var (mine, theirs) = (await Floor.Make(Admin, "mine"), await Floor.Make(Admin, "theirs"));
        await Make("dispositions", new { name = "Ours", action = "Completed", group = mine.Group });
        await Make("dispositions", new { name = "Foreign", action = "Completed", group = theirs.Group });
        var screen = await Open("/dispositions", Role.Supervisor, [mine.Group!]);
        await screen.Sees("Ours");
        Assert.DoesNotContain("Foreign", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_it_says_what_they_are() =>
        await (await Open("/dispositions")).Sees("There is no disposition yet. It is what an agent can say came of a call");
}
