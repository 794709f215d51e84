using Carillon.Campaigns;
using Carillon.Pacing.Evidence;
using Carillon.Users;

namespace Carillon.Storage.Tests;

public sealed class Sqlite_people() : PeopleSuite(new SqliteStore());

[Collection(PostgresCollection.Name)]
public sealed class Postgres_people(PostgresServer server) : PeopleSuite(new PostgresStore(server));

/// <summary>Users, keys, audit, do-not-call lists, and the small stores that the API and the grains stand on.</summary>
public abstract class PeopleSuite(TestStore store) : StoreSuite(store)
{
    static readonly UserConfig Anna = new() { Login = "Anna", Role = Role.Supervisor, Groups = ["moscow"] };

    UserStore Users => new(Db, new(Db, ConfigKinds.User));
    ApiKeyStore Keys => new(Db);
    FailedTryStore Tries => new(Db);
    AuditStore Audit => new(Db);
    IdempotencyStore Requests => new(Db);
    GrainStateStore States => new(Db);

    [StoreFact]
    public async Task How_a_campaigns_day_goes_is_written_by_who_has_seen_it_last_and_goes_with_the_campaign()
    {
        var (days, spring) = (new DayProfileStore(States), new CampaignId("spring"));
        Assert.Null(await days.GetAsync(spring));
        DayProfileMemory memory = new(20_000, 9, [1, 2.5], [3], [4], [5]);

        var tag = await days.SetAsync(spring, memory, null);
        Assert.NotNull(tag);
        Assert.Null(await days.SetAsync(spring, memory with { Hour = 10 }, null));
        Assert.NotNull(await days.SetAsync(spring, memory with { Hour = 11 }, tag));
        Assert.Null(await days.SetAsync(spring, memory with { Hour = 12 }, tag));

        var stored = (await days.GetAsync(spring))!.Value.Memory;
        Assert.Equal((20_000, 11), (stored.Day, stored.Hour));
        Assert.Equal([1, 2.5], stored.Answers);
        await days.RemoveAsync(spring);
        await days.RemoveAsync(spring);
        Assert.Null(await days.GetAsync(spring));
    }

    [StoreFact]
    public async Task A_user_signs_in_by_any_spelling_of_the_login()
    {
        Assert.True((await Users.InsertAsync("u1", Anna, "hash", "stamp")).IsWritten);
        var user = (await Users.FindByLoginAsync("ANNA"))!;
        Assert.Equal(("u1", "hash", "stamp", Role.Supervisor), (user.User.Id, user.PasswordHash, user.SecurityStamp, user.User.Config.Role));
        Assert.Equal(ConfigOutcome.NameTaken, (await Users.InsertAsync("u2", Anna with { Login = "anna" }, null, "x")).Outcome);
        Assert.Null(await Users.GetAsync("u2"));
        Assert.Null(await Users.FindByLoginAsync("' OR '1'='1"));
    }

    [StoreFact]
    public async Task Failed_sign_ins_are_counted_until_one_succeeds()
    {
        await Users.InsertAsync("u1", Anna, "hash", "stamp");
        var counts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Users.CountFailedSignInAsync("u1"))));
        Assert.Equal(Enumerable.Range(1, 10), counts.Order());
        await Users.LockAsync("u1", Now.AddMinutes(5));
        Assert.Equal(Now.AddMinutes(5), (await Users.GetAsync("u1"))!.LockedUntil);
        await Users.ForgetFailedSignInsAsync("u1");
        var user = (await Users.GetAsync("u1"))!;
        Assert.Equal((0, null), (user.FailedSignIns, user.LockedUntil));
    }

    [StoreFact]
    public async Task Of_many_tries_at_once_so_many_are_let_through_as_may_fail()
    {
        var address = new TrySubject("address 192.0.2.1", 3);
        var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Tries.TryAsync([address, new($"login {i}", 5)], TimeSpan.FromMinutes(15)))));
        Assert.Equal(3, tries.Count(t => t is null));
        Assert.All(tries.OfType<(TrySubject Subject, DateTimeOffset Until)>(), t => Assert.Equal((address, Now.AddMinutes(15)), t));
    }

    [StoreFact]
    public async Task Tries_count_until_they_succeed_or_none_came_for_a_while_and_a_refused_one_counts_for_nobody()
    {
        var (address, login, other) = (new TrySubject("address 192.0.2.1", 3), new TrySubject("login anna", 1), new TrySubject("login boris", 1));
        Assert.Null(await Try(address, login));
        Assert.Equal("Login Anna", (await Try(address, new("Login Anna", 1)))?.Subject.Name);
        Assert.Null(await Try(address, other));
        await Tries.SucceededAsync(other, address);
        Assert.Null(await Try(address, other));
        Assert.Null(await Try(address));
        Assert.Equal(address, (await Try(address, other))?.Subject);

        Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await Try(address, login));
        Assert.Equal(1, await Tries.ForgetAsync(Now.AddMinutes(-15)));
        Assert.Equal(login, (await Try(address, login))?.Subject);

        Task<(TrySubject Subject, DateTimeOffset Until)?> Try(params TrySubject[] subjects) => Tries.TryAsync(subjects, TimeSpan.FromMinutes(15));
    }

    [StoreFact]
    public async Task A_new_password_ends_sessions_and_locks_and_the_duty_to_change_it()
    {
        await Users.InsertAsync("u1", Anna with { MustChangePassword = true }, "hash", "stamp");
        await Users.LockAsync("u1", Now.AddMinutes(5));
        Assert.True(await Users.SetPasswordAsync("u1", "hash 2", "stamp 2", mustChange: false));
        var user = (await Users.GetAsync("u1"))!;
        Assert.Equal(("hash 2", "stamp 2", null, false, 2), (user.PasswordHash, user.SecurityStamp, user.LockedUntil, user.User.Config.MustChangePassword, user.User.Version));
        Assert.False(await Users.SetPasswordAsync("nobody", "x", "x", false));
    }

    [StoreFact]
    public async Task A_removed_user_takes_password_and_keys_along()
    {
        await Users.InsertAsync("u1", Anna, "hash", "stamp");
        await Keys.InsertAsync(new() { Id = "k1", User = "u1", Name = "crm", CreatedAt = Now }, "abc");
        Assert.True((await Users.DeleteAsync("u1", 1)).IsWritten);
        Assert.Null(await Users.GetAsync("u1"));
        Assert.Null(await Keys.FindAsync("abc"));
        await Users.InsertAsync("u1", Anna, null, "new");
        Assert.Null((await Users.GetAsync("u1"))!.PasswordHash);
    }

    [StoreFact]
    public async Task A_key_is_valid_until_it_expires_or_is_revoked()
    {
        await Keys.InsertAsync(new() { Id = "k1", User = "u1", Name = "crm", CreatedAt = Now, ExpiresAt = Now.AddDays(1) }, "abc");
        await Keys.InsertAsync(new() { Id = "k2", User = "u2", Name = "crm", CreatedAt = Now }, "def");
        await Keys.TouchAsync("k1");
        var key = (await Keys.FindAsync("abc"))!;
        Assert.Equal(("k1", Now, true, false), (key.Id, key.LastUsedAt!.Value, key.IsValidAt(Now), key.IsValidAt(Now.AddDays(1))));
        Assert.True(await Keys.RevokeAsync("k1"));
        Assert.False(await Keys.RevokeAsync("k1"));
        Assert.False((await Keys.FindAsync("abc"))!.IsValidAt(Now));
        Assert.Equal(["k2"], (await Keys.ListAsync("u2")).Select(k => k.Id));
        Assert.Equal(2, (await Keys.ListAsync()).Count);
    }

    [StoreFact]
    public async Task The_audit_log_is_read_newest_first_by_pages_and_filters()
    {
        for (var i = 0; i < 5; i++)
        {
            await Audit.AppendAsync(new() { User = "u1", Address = "192.0.2.1", Action = "update", Kind = "campaign", Target = $"c{i % 2}", Detail = "{\"n\":\"'\"}" });
        }
        Time.Advance(TimeSpan.FromHours(1));
        await Audit.AppendAsync(new() { Action = "sign-in-failed" });

        var first = await Audit.ListAsync(new() { Limit = 2 });
        var rest = await Audit.ListAsync(new() { Before = first[^1].Id });
        Assert.Equal(("sign-in-failed", null, Now), (first[0].Action, first[0].User, first[0].At));
        Assert.Equal((2, 4), (first.Count, rest.Count));
        Assert.Equal(3, (await Audit.ListAsync(new() { Kind = "campaign", Target = "c0", User = "u1", Action = "update" })).Count);
        Assert.Equal(5, (await Audit.ListAsync(new() { To = Now })).Count);
        Assert.Single(await Audit.ListAsync(new() { From = Now }));
        Assert.Equal("{\"n\":\"'\"}", rest[0].Detail);
    }

    [StoreFact]
    public async Task One_of_many_requests_with_a_key_is_carried_out_and_the_others_get_its_answer()
    {
        var minute = TimeSpan.FromMinutes(1);
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Requests.ClaimAsync("u1", "key", "hash", minute))));
        Assert.Single(claims, c => c.Outcome == ClaimOutcome.Claimed);
        Assert.Equal(15, claims.Count(c => c.Outcome == ClaimOutcome.InProgress));
        Assert.Equal(ClaimOutcome.Mismatch, (await Requests.ClaimAsync("u1", "key", "other", minute)).Outcome);
        Assert.Equal(ClaimOutcome.Claimed, (await Requests.ClaimAsync("u2", "key", "hash", minute)).Outcome);

        await Requests.CompleteAsync("u1", "key", 201, "{}");
        Time.Advance(minute);
        Assert.Equal(new Claim(ClaimOutcome.Completed, 201, "{}"), await Requests.ClaimAsync("u1", "key", "hash", minute));
        Assert.Equal(ClaimOutcome.Claimed, (await Requests.ClaimAsync("u2", "key", "hash", minute)).Outcome);
        await Requests.ReleaseAsync("u2", "key");
        Assert.Equal(1, await Requests.ForgetAsync(Now.AddDays(1)));
        Assert.Equal(ClaimOutcome.Claimed, (await Requests.ClaimAsync("u1", "key", "hash", minute)).Outcome);
    }

    [StoreFact]
    public async Task A_grain_state_is_written_only_by_who_has_seen_the_last_one()
    {
        Assert.Null(await States.ReadAsync("campaign", "c"));
        var first = (await States.WriteAsync("campaign", "c", null, "{}"))!;
        Assert.Null(await States.WriteAsync("campaign", "c", null, "late"));
        var second = (await States.WriteAsync("campaign", "c", first, "{\"a\":1}"))!;
        Assert.Null(await States.WriteAsync("campaign", "c", first, "late"));
        Assert.Null(await States.WriteAsync("campaign", "c", "nonsense", "late"));
        Assert.Equal(new StoredGrainState("{\"a\":1}", second), await States.ReadAsync("campaign", "c"));
        Assert.False(await States.ClearAsync("campaign", "c", first));
        Assert.True(await States.ClearAsync("campaign", "c", second));
        Assert.True(await States.ClearAsync("campaign", "c", second));
    }

    [StoreFact]
    public async Task A_number_on_a_list_says_so_in_its_facts()
    {
        var subscribers = new SubscriberStore(Db);
        Assert.Empty((await subscribers.FactsAsync(Number(1))).DoNotCall);
        Assert.True(await DoNotCall.AddAsync(Number(1), Campaign, "asked", "anna"));
        Assert.False(await DoNotCall.AddAsync(Number(1), Campaign, "again", null));
        var intent = await BeginAsync(await AddLeadAsync(1, OtherCampaign));

        var facts = await subscribers.FactsAsync(Number(1));
        Assert.Equal((intent.Id, Now), (facts.OpenAttempt!.Value, Assert.Single(facts.Calls).At));
        Assert.Equal("asked", facts.ForbiddenIn(Campaign, Now)!.Value.Reason);
        Assert.Null(facts.ForbiddenIn(OtherCampaign, Now));

        await DoNotCall.AddAsync(Number(1), null, null, null);
        Assert.NotNull((await subscribers.FactsAsync(Number(1))).ForbiddenIn(OtherCampaign, Now));
        Assert.Equal(new DoNotCallEntry { Number = Number(1), Campaign = Campaign, Reason = "asked", By = "anna", At = Now }, Assert.Single(await DoNotCall.ListAsync(Campaign)));
        Assert.Null(Assert.Single(await DoNotCall.ListAsync(null)).Campaign);
        Assert.Empty(await DoNotCall.ListAsync(null, after: Number(1)));
        Assert.True(await DoNotCall.RemoveAsync(Number(1), null));
        Assert.False(await DoNotCall.RemoveAsync(Number(1), null));
    }

    [StoreFact]
    public async Task Active_is_a_campaign_in_work_or_with_calls_in_progress()
    {
        var statuses = new CampaignStatusStore(Db);
        Assert.Null(await statuses.GetAsync(Campaign));
        await statuses.SetAsync(Campaign, CampaignStatus.Running, Now);
        await statuses.SetAsync(OtherCampaign, CampaignStatus.Stopped);
        await statuses.SetAsync(new("third"), CampaignStatus.Finished);
        var started = Now;
        Time.Advance(TimeSpan.FromMinutes(1));
        await statuses.SetAsync(Campaign, CampaignStatus.Draining);
        await BeginAsync(await AddLeadAsync(1, OtherCampaign));

        Assert.Equal(
            new StoredCampaignStatus { Campaign = Campaign, Status = CampaignStatus.Draining, StartedAt = started, ChangedAt = Now }, await statuses.GetAsync(Campaign));
        Assert.Equal([OtherCampaign, Campaign], (await statuses.ListActiveAsync()).Select(c => c.Campaign));
        await statuses.RemoveAsync(Campaign);
        Assert.Equal(2, (await statuses.ListAsync()).Count);
    }
}
