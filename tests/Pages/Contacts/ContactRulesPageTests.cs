using Carillon.Api.Pages.Contacts;
using Carillon.Users;

namespace Carillon.Pages.Tests.Contacts;

public sealed class ContactRulesPageTests : PageTest<ContactRulesPage>
{
    async Task Rule() => await Make("contact-rules", new
    {
        name = "Gently",
        rule = new
        {
            hours = new[] { new { day = "Monday", from = "09:00", to = "18:00" }, new { day = "Tuesday", from = "09:00", to = "18:00" } },
            caps = new object[] { new { calls = 3, per = "Week", rolling = true }, new { calls = 1, per = "Day", counts = "Answered" } },
            minGap = "02:00:00",
        },
    });

    [Fact]
    public async Task A_rule_is_told_in_one_line_of_the_viewers_language()
    {
        await Rule();
        var (english, russian) = (await Open("/contact-rules"), await Open("/contact-rules", language: "ru"));
        await english.Sees("Gently All Mon, Tue 09:00–18:00 3 in 7 days; 1 a day, if answered; 120 minutes apart");
        await russian.Sees("Gently Все пн, вт 09:00–18:00 3 за 7 дней; 1 в день, если ответили; через 120 мин");
    }

    [Fact]
    public async Task A_supervisor_reads_them_and_the_laws_and_is_offered_no_change()
    {
        await Rule();
        var screen = await Open("/contact-rules", Role.Supervisor);
        await screen.Sees("Gently");
        await screen.Sees("for your lawyers");
        Assert.NotEmpty(screen.All(".laws dt"));
        Assert.False(screen.Offers("New contact rule"));
        Assert.False(screen.Offers("Gently"));
    }

    [Fact]
    public async Task Without_any_it_says_what_holds_instead() =>
        await (await Open("/contact-rules")).Sees("There is no contact rule: only schedules and the laws of single campaigns hold.");
}
