using Bunit;
using Carillon.Api.Pages.Contacts;
using Carillon.Contacts;
using Carillon.Storage;

namespace Carillon.Pages.Tests.Contacts;

public sealed class ContactRulePageTests : PageTest<ContactRulePage>
{
    [Fact]
    public async Task Hours_caps_and_quiet_periods_are_stored_as_written()
    {
        var screen = await Open("/contact-rules/new");
        await screen.Write("name", "Gently");
        await screen.Write("prefixes", "+7495, +7499");
        await screen.Write("hours-Monday", "10–14, 15:00–24:00");
        await screen.Press("Add a cap");
        await screen.Write("cap-0-calls", "2");
        await screen.Write("cap-0-per", nameof(CapPeriod.Week));
        await screen.Press("Add a quiet period");
        await screen.Write("closed-0-hours", "13:00–14:00");
        await screen.Press("Save");

        Assert.Equal("/contact-rules", screen.Path);
        var rule = Assert.Single(await Node.Service<ConfigStore<ContactRuleConfig>>().ListAsync()).Config.Rule!;
        Assert.Equal(["+7495", "+7499"], rule.Prefixes.AsEnumerable());
        Assert.Equal([(DayOfWeek.Monday, new TimeOnly(10, 0), new TimeOnly(14, 0)), (DayOfWeek.Monday, new(15, 0), TimeOnly.MinValue)], rule.Hours.Select(h => (h.Day, h.From, h.To)));
        Assert.Equal((2, CapPeriod.Week), (Assert.Single(rule.Caps).Calls, rule.Caps[0].Per));
        Assert.Equal(new TimeOnly(13, 0), Assert.Single(rule.Quiet).From);
    }

    [Theory]
    [InlineData("en", "any time", "closed")]
    [InlineData("ru", "в любое время", "закрыто")]
    public async Task Without_hours_a_day_is_open_all_the_time_and_closed_as_soon_as_another_has_some(string language, string open, string closed)
    {
        var screen = await Open("/contact-rules/new", language: language);
        await screen.When(() => Assert.Equal(open, screen.Find("#hours-Sunday").GetAttribute("placeholder")));
        await screen.Write("hours-Monday", "10–14");
        Assert.Equal(closed, screen.Find("#hours-Sunday").GetAttribute("placeholder"));
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_are_not_sent_and_told_in_both_languages()
    {
        foreach (var (language, save, expected) in new[] { ("en", "Save", "Write hours like"), ("ru", "Сохранить", "Пишите часы так") })
        {
            var screen = await Open("/contact-rules/new", language: language);
            await screen.Write("name", "Gently");
            await screen.Write("hours-Monday", "all day");
            await screen.Press(save);
            await screen.Sees(expected);
        }
        Assert.Empty(await Node.Service<ConfigStore<ContactRuleConfig>>().ListAsync());
    }

    [Fact]
    public async Task Numbers_without_anything_that_holds_for_them_are_refused_and_stay()
    {
        foreach (var (language, save) in new[] { ("en", "Save"), ("ru", "Сохранить") })
        {
            var screen = await Open("/contact-rules/new", language: language);
            await screen.Write("name", "Gently");
            await (await screen.Part<ContactRulePage>()).Find(".choices-list input").ChangeAsync(true);
            await screen.Write("prefixes", "+7495");
            await screen.Press(save);
            Assert.Matches(language == "ru" ? "ничего не запрещает" : "forbids nothing", screen.Find("fieldset > .problem").Said());
            Assert.Equal("+7495", screen.Value("prefixes"));
        }
        Assert.Empty(await Node.Service<ConfigStore<ContactRuleConfig>>().ListAsync());
    }

    [Fact]
    public async Task A_cap_beyond_all_bounds_is_told_beside_its_row()
    {
        var screen = await Open("/contact-rules/new");
        await screen.Write("name", "Gently");
        await screen.Press("Add a cap");
        await screen.Press("Add a cap");
        await screen.Write("cap-1-calls", "0");
        await screen.Press("Save");
        Assert.Contains("1 to 100", screen.Find(".day-row.wrong").Said(), StringComparison.Ordinal);
        Assert.Empty(screen.All(".refusal li"));
    }

    [Fact]
    public async Task A_deletion_asks_by_name_and_is_done()
    {
        var rule = await Make("contact-rules", new { name = "Gently", laws = new[] { ContactLaws.All[0].Id } });
        var screen = await Open("/contact-rules/" + rule);
        await screen.When(() => Assert.Equal("Gently", screen.Heading));
        await screen.PressAndAnswer("Delete", "Delete Gently? This cannot be undone.", "Back");
        Assert.NotNull(await Node.Service<ConfigStore<ContactRuleConfig>>().GetAsync(rule));
        await screen.PressAndAnswer("Delete", "Delete Gently?", "Delete");
        Assert.Null(await Node.Service<ConfigStore<ContactRuleConfig>>().GetAsync(rule));
    }
}
