namespace Carillon.Network.Tests;

public sealed class AuditTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static CallRecord Call(string number, double placed, double ended, string server = "pbx1") => new()
    {
        Server = server,
        Trunk = "carrier",
        Number = number,
        Attempt = 1,
        UniqueId = $"{number}-{placed}",
        LinkedId = "",
        Fate = FateKind.Human,
        Placed = Start.AddSeconds(placed),
        Ended = Start.AddSeconds(ended),
    };

    [Fact]
    public void A_number_in_two_calls_at_once_is_found_also_on_two_servers()
    {
        var violation = Assert.Single(NetworkAudit.NumbersInTwoCalls([Call("1", 0, 10), Call("1", 9, 12, "pbx2"), Call("2", 0, 20), Call("1", 12, 15)]));
        Assert.Equal(("1", Start.AddSeconds(9)), (violation.Scope, violation.At));
    }

    [Fact]
    public void A_call_that_begins_when_the_other_ends_is_no_second_call() =>
        Assert.Empty(NetworkAudit.NumbersInTwoCalls([Call("1", 0, 10), Call("1", 10, 12)]));

    [Fact]
    public void A_call_without_end_is_still_under_way()
    {
        var open = new CallRecord { Server = "pbx1", Trunk = "carrier", Number = "1", Attempt = 1, UniqueId = "u", LinkedId = "u", Fate = FateKind.Human, Placed = Start };
        Assert.Single(NetworkAudit.NumbersInTwoCalls([open, Call("1", 3600, 3700)]));
    }

    [Fact]
    public void Channels_over_a_limit_are_found_by_scope()
    {
        CallRecord[] calls = [Call("1", 0, 10), Call("2", 1, 10), Call("3", 2, 10, "pbx2"), Call("4", 3, 10)];
        Assert.Equal("4", Assert.Single(NetworkAudit.ChannelsOver(calls, 2, c => c.Server)).Call.Number);
        Assert.Empty(NetworkAudit.ChannelsOver(calls, 3, c => c.Server));
        Assert.Single(NetworkAudit.ChannelsOver(calls, 3, _ => "all"));
    }

    [Fact]
    public void The_second_of_a_rate_slides()
    {
        CallRecord[] calls = [Call("1", 0.0, 1), Call("2", 0.9, 1), Call("3", 1.1, 2), Call("4", 1.9, 3)];
        Assert.Empty(NetworkAudit.RateOver(calls, 2, c => c.Server));
        Assert.Equal("5", Assert.Single(NetworkAudit.RateOver([.. calls, Call("5", 1.95, 3)], 2, c => c.Server)).Call.Number);
    }

    [Fact]
    public void A_number_called_too_often_in_a_window_is_found()
    {
        CallRecord[] calls = [Call("1", 0, 1), Call("1", 100, 101), Call("1", 200, 201)];
        Assert.Single(NetworkAudit.NumbersCalledOver(calls, 2, TimeSpan.FromSeconds(300)));
        Assert.Empty(NetworkAudit.NumbersCalledOver(calls, 2, TimeSpan.FromSeconds(200)));
    }

    [Fact]
    public void Calls_outside_of_hours_and_after_the_stop_are_found()
    {
        CallRecord[] calls = [Call("1", 0, 1), Call("2", 3600, 3601)];
        Assert.Equal("2", Assert.Single(NetworkAudit.Outside(calls, c => c.Placed.Hour == 9)).Scope);
        Assert.Equal("2", Assert.Single(NetworkAudit.PlacedAfter(calls, Start.AddSeconds(3599))).Call.Number);
        Assert.Empty(NetworkAudit.PlacedAfter(calls, Start.AddSeconds(3600)));
    }
}
