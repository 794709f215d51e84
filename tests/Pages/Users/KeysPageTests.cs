using Bunit;
using Carillon.Api.Pages.Users;
using Carillon.Api.Tests;
using Carillon.Storage;
using Carillon.Users;

namespace Carillon.Pages.Tests.Users;

public sealed class KeysPageTests : PageTest<KeysPage>
{
    [Fact]
    public async Task A_key_is_shown_once_works_and_is_refused_when_it_was_revoked()
    {
        var screen = await Open("/keys", Role.Operator);
        await screen.Sees("There is no key.");
        await screen.Write("key-name", "dashboard");
        await screen.Press("Make a key");

        var key = screen.Find(".made code").Said();
        Assert.Contains("The key dashboard. It is shown here and never again:", screen.Text, StringComparison.Ordinal);
        await Node.WithKey(key).Get("/session").Expect(System.Net.HttpStatusCode.OK);

        await screen.PressAndAnswer("Revoke", "Revoke the key dashboard? Programs that use it are refused at once.", "Back");
        await Node.WithKey(key).Get("/session").Expect(System.Net.HttpStatusCode.OK);
        await screen.PressAndAnswer("Revoke", "dashboard", "Revoke");
        await screen.Sees("revoked");
        await Node.WithKey(key).Get("/session").Expect(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_without_a_name_is_refused_beside_the_field()
    {
        var screen = await Open("/keys", Role.Operator, language: "ru");
        await screen.Sees("Ключей нет.");
        await screen.Press("Создать ключ");
        Assert.Matches("[а-я]", screen.Problem("key-name"));
        Assert.Empty(screen.All(".refusal li"));
    }

    [Fact]
    public async Task Nobody_but_an_administrator_sees_keys_of_others_and_they_see_whose_they_are()
    {
        var anna = await Make("users", new { config = new { login = "anna", role = "Operator" } });
        await Admin.Post("/keys", new { name = "dashboard", user = anna }).Expect(System.Net.HttpStatusCode.Created);
        await (await Open("/keys", Role.Supervisor)).Sees("There is no key.");
        await (await Open("/keys")).Sees("dashboard anna");
    }

    [Fact]
    public async Task A_key_is_valid_as_long_as_was_said_and_one_that_never_would_be_is_refused_beside_the_field()
    {
        var screen = await Open("/keys", Role.Operator);
        await screen.Sees("There is no key.");
        await screen.Write("key-name", "for a day");
        await screen.Write("key-end", "2020-01-01T00:00:00");
        await screen.Press("Make a key");
        Assert.Equal("This time has passed.", screen.Problem("key-end"));
        var end = Node.Time.GetUtcNow().AddDays(1);
        await screen.Write("key-end", TimeZoneInfo.ConvertTimeBySystemTimeZoneId(end, "Europe/Moscow").ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        await screen.Press("Make a key");
        var key = screen.Find(".made code").Said();
        await Node.WithKey(key).Get("/session").Expect(System.Net.HttpStatusCode.OK);

        Node.Time.Advance(TimeSpan.FromDays(1));

        await Node.WithKey(key).Get("/session").Expect(System.Net.HttpStatusCode.Unauthorized);
        await (await Open("/keys")).Sees("expired");
    }
}
