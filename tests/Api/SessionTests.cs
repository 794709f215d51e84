using System.Net;
using Carillon.Api.Access;
using Carillon.Storage;
using Carillon.Users;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

public sealed class SessionTests : TestNode
{
    static object Admin(string password = AdminPassword) => new { login = "admin", password };

    async Task<HttpClient> SignedIn()
    {
        var client = Nobody();
        await client.Post("/session", Admin()).Expect(HttpStatusCode.OK);
        return client;
    }

    [Fact]
    public async Task A_session_is_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var answer = await Nobody().Post("/session", Admin());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("carillon-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_session_says_who_is_signed_in_and_ends_at_sign_out()
    {
        var client = await SignedIn();
        var session = await client.Get("/session").Json();
        Assert.Equal("admin", session["login"]!.GetValue<string>());
        Assert.Equal("Administrator", session["role"]!.GetValue<string>());

        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        await client.Delete("/session").Expect(HttpStatusCode.NoContent);
        await client.Get("/session").Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_login_and_a_wrong_password_get_the_same_answer()
    {
        var wrong = await Nobody().Post("/session", Admin("wrong password!")).Json(HttpStatusCode.Unauthorized);
        var unknown = await Nobody().Post("/session", new { login = "nobody", password = "wrong password!" }).Json(HttpStatusCode.Unauthorized);
        Assert.Equal(wrong["detail"]!.GetValue<string>(), unknown["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("nobody")]
    public async Task Too_many_wrong_passwords_shut_a_login_out_for_a_while_whether_it_exists_or_not(string login)
    {
        for (var i = 0; i < 5; i++) await Nobody().Post("/session", new { login, password = "wrong password!" }).Expect(HttpStatusCode.Unauthorized);
        using var refused = await Nobody().Post("/session", new { login, password = AdminPassword });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(15), refused.Headers.RetryAfter!.Delta);

        Time.Advance(TimeSpan.FromMinutes(15));
        await Nobody().Post("/session", new { login, password = AdminPassword }).Expect(login == "admin" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Too_many_wrong_keys_shut_an_address_out_for_a_while_but_not_those_there_who_have_a_good_one()
    {
        var good = await Administrator();
        for (var i = 0; i < 30; i++) await WithKey($"carillon_{i}").Get("/session").Expect(HttpStatusCode.Unauthorized);
        using var refused = await WithKey("carillon_30").Get("/session");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(15)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        await Nobody().Post("/session", Admin()).Expect(HttpStatusCode.TooManyRequests);
        await good.Get("/session").Expect(HttpStatusCode.OK);

        Time.Advance(TimeSpan.FromMinutes(15));
        await WithKey("carillon_31").Get("/session").Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_are_shut_out_together_and_of_IPv4_one_by_one()
    {
        var lockOut = Service<LockOut>();
        for (var i = 0; i < 30; i++) Assert.Null(await lockOut.Try(null, $"2001:db8:1:2::{i:x}"));
        Assert.NotNull(await lockOut.Try(null, "2001:db8:1:2:ffff::1"));
        Assert.Null(await lockOut.Try(null, "2001:db8:1:3::1"));
        for (var i = 0; i < 30; i++) Assert.Null(await lockOut.Try(null, "192.0.2.1"));
        Assert.NotNull(await lockOut.Try(null, "192.0.2.1"));
        Assert.Null(await lockOut.Try(null, "192.0.2.2"));
    }

    [Fact]
    public async Task What_one_node_has_counted_another_knows_and_who_is_shut_out_costs_the_store_nothing()
    {
        var (one, other) = (Service<LockOut>(), new LockOut(Service<FailedTryStore>(), Service<IOptions<ApiOptions>>(), Time));
        for (var i = 0; i < 30; i++) Assert.Null(await (i % 2 == 0 ? one : other).Try($"{i}", "192.0.2.1"));
        Assert.Equal(TimeSpan.FromMinutes(15), await one.Try("somebody", "192.0.2.1"));
        Assert.NotNull(await other.Try("somebody", "192.0.2.1"));

        await Service<Database>().WriteAsync(s => s.ExecuteAsync("DROP TABLE failed_tries"));
        Assert.NotNull(await one.Try("somebody", "192.0.2.1"));
        Assert.NotNull(await other.Try("somebody", "192.0.2.1"));
    }

    [Fact]
    public async Task A_change_by_cookie_is_refused_unless_a_page_of_this_node_sent_it()
    {
        var client = await SignedIn();
        await client.Post("/groups", new { name = "Foreign" }).Expect(HttpStatusCode.Forbidden);

        client.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example");
        await client.Post("/groups", new { name = "Foreign" }).Expect(HttpStatusCode.Forbidden);

        client.DefaultRequestHeaders.Remove("Origin");
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        await client.Post("/groups", new { name = "Own" }).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_new_password_must_be_long_enough_and_ends_other_sessions()
    {
        var (client, other) = (await SignedIn(), await SignedIn());
        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        var tooShort = await client.Put("/session/password", new { current = AdminPassword, @new = "short" }).Error("new");
        Assert.Contains("12", tooShort, StringComparison.Ordinal);
        await client.Put("/session/password", new { current = "not the password", @new = "a much better password" }).Error("current");

        await client.Put("/session/password", new { current = AdminPassword, @new = "a much better password" }).Expect(HttpStatusCode.NoContent);
        await client.Get("/session").Expect(HttpStatusCode.OK);
        await other.Get("/session").Expect(HttpStatusCode.Unauthorized);
        await Nobody().Post("/session", Admin()).Expect(HttpStatusCode.Unauthorized);
        await Nobody().Post("/session", Admin("a much better password")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_was_given_a_password_can_do_nothing_before_changing_it()
    {
        var administrator = await Administrator();
        await administrator.Post("/users", new { config = new { login = "vera", role = "Administrator" }, password = "given by somebody" }).Expect(HttpStatusCode.Created);
        var vera = Nobody();
        vera.DefaultRequestHeaders.Add("X-Requested-With", "test");
        var session = await vera.Post("/session", new { login = "Vera", password = "given by somebody" }).Json();
        Assert.True(session["mustChangePassword"]!.GetValue<bool>());
        await vera.Get("/campaigns").Expect(HttpStatusCode.Forbidden);

        await vera.Put("/session/password", new { current = "given by somebody", @new = "chosen by herself" }).Expect(HttpStatusCode.NoContent);
        await vera.Get("/campaigns").Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_of_a_disabled_user_and_a_revoked_key_open_nothing()
    {
        var administrator = await Administrator();
        var user = await administrator.Post("/users", new { config = new { login = "robot", role = "Administrator" } }).Json(HttpStatusCode.Created);
        var made = await administrator.Post("/keys", new { name = "import", user = user.Id() }).Json(HttpStatusCode.Created);
        var robot = WithKey(made["key"]!.GetValue<string>());
        await robot.Get("/campaigns").Expect(HttpStatusCode.OK);
        await administrator.Put($"/users/{user.Id()}", new { login = "robot", role = "Administrator", disabled = true }, "*").Expect(HttpStatusCode.OK);
        await robot.Get("/campaigns").Expect(HttpStatusCode.Unauthorized);

        await administrator.Put($"/users/{user.Id()}", new { login = "robot", role = "Administrator" }, "*").Expect(HttpStatusCode.OK);
        await robot.Get("/campaigns").Expect(HttpStatusCode.OK);
        await administrator.Delete($"/keys/{made.Id()}").Expect(HttpStatusCode.NoContent);
        await robot.Get("/campaigns").Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_is_over_when_it_expires()
    {
        var administrator = await Administrator();
        var made = await administrator.Post("/keys", new { name = "today", expiresAt = Time.GetUtcNow().AddHours(1) }).Json(HttpStatusCode.Created);
        var client = WithKey(made["key"]!.GetValue<string>());
        await client.Get("/session").Expect(HttpStatusCode.OK);
        Time.Advance(TimeSpan.FromHours(1));
        await client.Get("/session").Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_makes_keys_for_others_but_an_administrator()
    {
        var other = await (await Administrator()).Post("/users", new { config = new { login = "boss", role = "Administrator" } }).Json(HttpStatusCode.Created);
        await (await As(Role.Operator)).Post("/keys", new { name = "mine", user = other.Id() }).Error("user");
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var client = await SignedIn();
        client.DefaultRequestHeaders.Add("X-Requested-With", "test");
        var admin = (await client.Get("/session").Json())["user"]!.GetValue<string>();
        await client.Put($"/users/{admin}", new { login = "admin", role = "Operator" }, "*").Expect(HttpStatusCode.Conflict);
        await client.Delete($"/users/{admin}").Expect(HttpStatusCode.Conflict);
    }
}

public sealed class FirstAdministratorTests : TestNode
{
    protected override Dictionary<string, string?> Settings => [];

    [Fact]
    public async Task The_first_start_prints_a_generated_password_once_and_it_has_to_be_changed()
    {
        var line = Assert.Single(Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var password = line.Split("password ")[1].Split(' ')[0];
        var session = await Nobody().Post("/session", new { login = "admin", password }).Json();
        Assert.True(session["mustChangePassword"]!.GetValue<bool>());
    }
}
