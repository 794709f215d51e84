using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Calls;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class CallBoardTests
{
    static readonly DateTimeOffset Sent = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly CallBoard _board = new(i => new(i));
    readonly BoardCall _call;

    public CallBoardTests()
    {
        _call = _board.Add(Intent("carillon-1"), agentFirst: false);
        _call.SentAt = Sent;
    }

    static AttemptIntent Intent(string id) => new()
    {
        Id = new(id),
        Campaign = new("spring"),
        LeadId = 1,
        Number = new("+74950000001"),
        Server = new("pbx1"),
        Trunk = new("carrier"),
        At = Sent,
        AttemptNumber = 1,
    };

    List<CallFactKind> ListWithoutIt(int secondsLater)
    {
        var at = Sent + TimeSpan.FromSeconds(secondsLater);
        return _board.Reconcile(new([]), at - Grace, at).Select(told => told.Fact.Kind).ToList();
    }

    [Fact]
    public void A_call_that_Asterisk_answered_for_is_gone_when_a_list_does_not_have_it()
    {
        _call.Accepted = true;

        Assert.Equal([CallFactKind.Missing], ListWithoutIt(11));
    }

    [Fact]
    public void A_call_without_an_answer_is_gone_when_two_lists_some_seconds_apart_do_not_have_it()
    {
        Assert.Empty(ListWithoutIt(11));
        Assert.Empty(ListWithoutIt(13));
        Assert.Equal([CallFactKind.Missing], ListWithoutIt(16));
    }

    [Fact]
    public void Agent_first_a_customer_who_rings_before_Asterisk_has_told_of_the_dial_is_known_to_ring()
    {
        var call = _board.Add(Intent("carillon-2"), agentFirst: true);
        AmiEvent[] events =
        [
            new NewstateEvent { UniqueId = "1700000000.7", State = ChannelState.Ringing },
            new DialBeginEvent { UniqueId = "carillon-2", DestUniqueId = "1700000000.7", DestState = ChannelState.Ringing },
            new DialStateEvent { UniqueId = "carillon-2", DestUniqueId = "1700000000.7", DialStatus = "RINGING" },
        ];

        var told = events.Select(e => _board.Read(e, Sent)).OfType<(BoardCall Call, CallFact Fact)>().ToList();

        Assert.All(told, t => Assert.Same(call, t.Call));
        Assert.Equal([CallFactKind.Created, CallFactKind.Ringing], told.Select(t => t.Fact.Kind));
    }

    [Fact]
    public void A_list_says_nothing_of_a_call_that_was_sent_a_moment_ago()
    {
        _call.Accepted = true;

        Assert.Empty(ListWithoutIt(9));
    }
}
