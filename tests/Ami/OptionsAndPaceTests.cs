using Carillon.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Ami.Tests;

public class OptionsAndPaceTests
{
    static readonly AmiClientOptions Good = new() { Host = "pbx", Username = "u", Secret = "hush" };

    [Fact]
    public void Good_options_have_no_errors() => Assert.Empty(Good.Validate());

    [Fact]
    public void All_errors_are_told_at_once_each_with_its_key()
    {
        var errors = new AmiClientOptions
        {
            Port = 0,
            EventMask = "call",
            ActionConnections = 0,
            ActionTimeout = TimeSpan.Zero,
            BackoffCap = TimeSpan.FromMilliseconds(1),
            Username = "a\nb",
            Tls = new() { CaFile = "/nowhere.pem" },
        }.Validate();

        string[] keys = ["Host", "Port", "Username", "Secret", "Tls.CaFile", "Tls.CaFile", "EventMask", "ActionConnections", "ActionTimeout", "BackoffCap"];
        Assert.Equal(keys, errors.Select(e => e.Split(' ')[0]));
    }

    [Fact]
    public void A_client_with_bad_options_is_not_made() =>
        Assert.Contains("Host is missing", Assert.Throws<ArgumentException>(() => new AmiClient(new AmiClientOptions())).Message, StringComparison.Ordinal);

    [Fact]
    public void No_text_of_the_options_shows_the_secret()
    {
        Assert.DoesNotContain("hush", Good.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", new AmiAction("Login").With("Secret", "hush").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", string.Join(' ', (Good with { Secret = "hush\n", Port = 0 }).Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_backoff_stays_between_zero_and_the_doubled_base_and_the_cap() =>
        Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (failures, percent) =>
        {
            var delay = Backoff.Delay(failures, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), percent / 100.0);
            var most = Math.Min(30_000, 500 * Math.Pow(2, failures));
            return delay >= TimeSpan.Zero && delay.TotalMilliseconds <= most && (percent < 100 || Math.Abs(delay.TotalMilliseconds - most) < 1);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(AmiCause.WrongSecret, 0.0, 30)]
    [InlineData(AmiCause.WrongSecret, 1.0, 60)]
    [InlineData(AmiCause.PermissionDenied, 1.0, 60)]
    [InlineData(AmiCause.Eof, 1.0, 0.5)]
    public void A_refused_login_waits_long_and_a_lost_link_does_not(AmiCause cause, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(cause, 0, Good, random));

    [Fact]
    public void Actions_are_paced_evenly_after_a_short_burst()
    {
        var time = new FakeTime();
        var pacer = new ActionPacer(100, time);
        time.Advance(TimeSpan.FromSeconds(10));
        var waits = Enumerable.Range(0, 200).Select(_ => pacer.Reserve()).ToArray();

        Assert.Equal(11, waits.Count(w => w == TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(1890), waits[^1]);
        Assert.All(waits.Skip(11).Zip(waits.Skip(12)), pair => Assert.Equal(TimeSpan.FromMilliseconds(10), pair.Second - pair.First));
        Assert.Equal(TimeSpan.Zero, new ActionPacer(0, time).Reserve());
    }

    [Fact]
    public void A_missing_permission_is_named_with_what_to_do()
    {
        var permissions = new AmiPermissions("dialer", AmiEventNames.Set("Ping", "QueueStatus"), AmiEventNames.Set());
        var missing = permissions.Missing(["Originate", "QueueStatus", "Hangup"]);

        Assert.Equal(2, missing.Count);
        Assert.Contains("AMI user 'dialer' lacks the 'originate' write permission", missing[0], StringComparison.Ordinal);
        Assert.Contains("one of system, call", missing[1], StringComparison.Ordinal);
        Assert.Empty(new AmiPermissions("dialer", AmiEventNames.Set(), AmiEventNames.Set()).Missing(["Originate"]));
    }
}
