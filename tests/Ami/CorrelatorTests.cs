using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

public class CorrelatorTests
{
    static readonly AmiBreak Cause = new(AmiCause.Eof, "first");
    readonly Correlator _correlator = new();

    [Fact]
    public async Task An_answer_reaches_the_one_who_asked_and_a_second_one_nobody()
    {
        var (one, two) = (Add("1"), Add("2"));
        Assert.True(_correlator.Answer("2"u8, Success("two")));
        Assert.False(_correlator.Answer("2"u8, Success("again")));
        Assert.True(_correlator.Answer("1"u8, Success("one")));

        Assert.Equal(("one", "two"), ((await one.Done).Message, (await two.Done).Message));
        Assert.Equal(0, _correlator.Count);
    }

    [Fact]
    public void A_late_answer_finds_nobody()
    {
        Assert.True(_correlator.Remove("1", Add("1")));
        Assert.False(_correlator.Answer("1"u8, Success("late")));
    }

    [Fact]
    public void An_id_that_waits_is_not_given_twice()
    {
        Add("1");
        Assert.Contains("same ActionID", _correlator.Add("1", new PendingAction())!.Value.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_break_fails_all_that_wait_with_the_first_cause_and_takes_nobody_more()
    {
        var (action, list) = (Add("1"), AddList("2"));
        _correlator.Break(Cause);
        _correlator.Break(new(AmiCause.PingTimeout, "second"));

        Assert.Equal((AmiAnswer.Unknown, AmiCause.Eof, "first"), ((await action.Done).Answer, (await action.Done).Cause, (await action.Done).Message));
        Assert.Equal((AmiListOutcome.Interrupted, "first"), ((await list.Done).Outcome, (await list.Done).Message));
        Assert.Equal(("first", AmiCause.Eof), _correlator.Add("3", new PendingAction()));
        Assert.False(_correlator.HasLists);
    }

    [Theory]
    [InlineData(2, "Complete", AmiListOutcome.Completed)]
    [InlineData(-1, "Complete", AmiListOutcome.Completed)]
    [InlineData(3, "Complete", AmiListOutcome.Interrupted)]
    [InlineData(1, "Complete", AmiListOutcome.Interrupted)]
    [InlineData(2, "Cancelled", AmiListOutcome.Interrupted)]
    public async Task A_list_is_complete_if_Asterisk_counted_the_same_rows(int items, string mark, AmiListOutcome outcome)
    {
        var list = AddList("7");
        Assert.True(_correlator.HasLists);
        Assert.True(_correlator.Answer("7"u8, Success("follows")));
        Assert.Same(list, _correlator.FindList("7"u8));
        list.Add(new NewchannelEvent());
        list.Add(new NewchannelEvent());
        _correlator.End("7"u8, list, mark, items);

        Assert.Equal((outcome, 2), ((await list.Done).Outcome, (await list.Done).Rows.Count));
        Assert.False(_correlator.HasLists);
        Assert.Null(_correlator.FindList("7"u8));
    }

    [Theory]
    [InlineData("No Contacts found", AmiListOutcome.Empty)]
    [InlineData("No active conferences.", AmiListOutcome.Empty)]
    [InlineData("No such command", AmiListOutcome.Refused)]
    [InlineData("No Conference by that name found.", AmiListOutcome.Refused)]
    [InlineData("Missing Queue", AmiListOutcome.Refused)]
    public async Task An_error_may_mean_that_there_is_nothing_to_list(string message, AmiListOutcome outcome)
    {
        var list = AddList("7");
        _correlator.Answer("7"u8, new(AmiAnswer.Refused, message, AmiHeaders.Empty));
        Assert.Equal((outcome, message), ((await list.Done).Outcome, (await list.Done).Message));
    }

    [Fact]
    public async Task A_denied_list_is_refused_whatever_the_message()
    {
        var list = AddList("7");
        _correlator.Answer("7"u8, new(AmiAnswer.PermissionDenied, "Permission denied", AmiHeaders.Empty));
        Assert.Equal((AmiListOutcome.Refused, AmiAnswer.PermissionDenied), ((await list.Done).Outcome, (await list.Done).Answer));
    }

    [Fact]
    public async Task A_list_over_its_cap_is_not_taken_for_whole()
    {
        var list = AddList("7", maxRows: 1);
        list.Add(new NewchannelEvent());
        list.Add(new NewchannelEvent());
        _correlator.End("7"u8, list, "Complete", 2);
        Assert.Equal((AmiListOutcome.Interrupted, 1), ((await list.Done).Outcome, (await list.Done).Rows.Count));
    }

    PendingAction Add(string id)
    {
        var pending = new PendingAction();
        Assert.Null(_correlator.Add(id, pending));
        return pending;
    }

    PendingList AddList(string id, int maxRows = 100)
    {
        var pending = new PendingList(maxRows);
        Assert.Null(_correlator.Add(id, pending));
        return pending;
    }

    static AmiResponse Success(string message) => new(AmiAnswer.Success, message, AmiHeaders.Empty);
}
