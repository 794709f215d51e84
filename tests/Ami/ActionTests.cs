using System.Collections.Concurrent;
using Carillon.Ami.Events;

namespace Carillon.Ami.Tests;

/// <summary>What is sent, once and never again, and what comes back.</summary>
public sealed class ActionTests : ClientTest
{
    [Fact]
    public async Task The_secret_never_crosses_the_wire()
    {
        await Connected();
        Assert.DoesNotContain(Server.Received.SelectMany(a => a.Lines), line => line.Contains(Server.Secret, StringComparison.Ordinal));
        Assert.Contains(Server.Received, a => a.Name == "Login" && a["AuthType"] == "MD5" && a["Events"] == "off");
    }

    [Fact]
    public async Task An_originate_is_asynchronous_has_its_own_id_and_escaped_variables()
    {
        await Connected();
        var result = await Client.OriginateAsync(Call with { Variables = new Dictionary<string, string> { ["NAME"] = "a,b" }, CallerId = "\"X\" <7>" });

        Assert.Equal(new OriginateResult.Accepted("call-1"), result);
        var sent = Server.Received.Single(a => a.Name == "Originate");
        Assert.Equal(("call-1", "true", "call-1", "NAME=a\\,b", "30000", "Queue", "sales"),
            (sent.Id, sent["Async"], sent["ChannelId"], sent["Variable"], sent["Timeout"], sent["Application"], sent["Data"]));
    }

    [Fact]
    public async Task A_refused_originate_is_rejected_with_Asterisks_reason()
    {
        Server.On("Originate", a => a.Error("Extension does not exist."));
        await Connected();
        Assert.Equal(new OriginateResult.Rejected(AmiAnswer.Refused, "Extension does not exist."), await Client.OriginateAsync(Call));
    }

    [Fact]
    public async Task A_line_break_in_a_value_is_rejected_and_nothing_is_sent()
    {
        await Connected();
        var rejected = Assert.IsType<OriginateResult.Rejected>(await Client.OriginateAsync(Call with { CallerId = "x\r\nAction: Command" }));
        Assert.Equal(AmiAnswer.NotSent, rejected.Answer);
        Assert.Contains("CallerID", rejected.Message, StringComparison.Ordinal);
        Assert.Equal(AmiAnswer.NotSent, (await Client.SendAsync(Actions.Setvar(null, "A", "1\nAction: Logoff"))).Answer);

        Assert.True((await Client.SendAsync(Actions.Ping())).Success);
        Assert.DoesNotContain(Server.Received, a => a.Name is "Originate" or "Setvar" or "Command" or "Logoff");
    }

    [Fact]
    public async Task A_call_that_must_not_be_placed_any_more_when_its_turn_comes_is_not_sent()
    {
        await Connected();
        string? veto = null;
        var call = Call with { Veto = () => veto };
        Assert.IsType<OriginateResult.Accepted>(await Client.OriginateAsync(call));
        veto = "not ours any more";

        Assert.Equal(new OriginateResult.Rejected(AmiAnswer.NotSent, "not ours any more"), await Client.OriginateAsync(call with { ChannelId = "call-2" }));
        Assert.Equal("call-1", Assert.Single(Server.Received, a => a.Name == "Originate").Id);
        // It left nothing behind.
        veto = null;
        Assert.IsType<OriginateResult.Accepted>(await Client.OriginateAsync(call with { ChannelId = "call-2" }));
    }

    [Fact]
    public async Task An_answer_that_never_comes_leaves_the_call_unknown_and_it_is_not_sent_again()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        var originating = Client.OriginateAsync(Call);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        Time.Advance(Options.ActionTimeout);

        Assert.Equal(AmiCause.None, Assert.IsType<OriginateResult.Unknown>(await originating).Cause);
        while (!(await Client.SendAsync(Actions.Ping())).Success) await Task.Yield();
        Assert.Single(Server.Received, a => a.Name == "Originate");
    }

    [Fact]
    public async Task An_Originate_without_an_answer_takes_its_connection_with_it_so_that_it_cannot_arrive_later()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        var originating = Client.OriginateAsync(Call);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        Time.Advance(Options.ActionTimeout);
        await originating;

        var session = await Server.ActionSession();
        await session.Ended;
        Assert.True(session.WasReset);
        await Server.ActionSession(2);
        while (!(await Client.SendAsync(Actions.Ping())).Success) await Task.Yield();
        Assert.Equal(1, Client.Counters.Reconnects);
    }

    [Fact]
    public async Task Late_and_second_answers_are_counted_and_disturb_nobody()
    {
        Server.On("Getvar", (_, _) => Task.CompletedTask);
        Server.On("Ping", a => a.Success("Ping: Pong\r\n") + a.Success("Ping: again\r\n"));
        await Connected();
        var asking = Client.SendAsync(Actions.Getvar("c", "X"));
        await Server.Until(() => Server.Received.Any(a => a.Name == "Getvar"));
        Time.Advance(Options.ActionTimeout);
        await asking;
        await (await Server.ActionSession()).SendAsync(Server.Received.Single(a => a.Name == "Getvar").Success());

        Assert.Equal("Pong", (await Client.SendAsync(Actions.Ping()))["Ping"]);
        Assert.Equal("Pong", (await Client.SendAsync(Actions.Ping()))["Ping"]);
        // The first Ping was that of the greeting.
        Assert.InRange(Client.Counters.Unmatched, 3, 4);
    }

    [Fact]
    public async Task Cancelling_after_the_sending_leaves_the_call_unknown()
    {
        Server.On("Originate", (_, _) => Task.CompletedTask);
        await Connected();
        using var cancelled = new CancellationTokenSource();
        var originating = Client.OriginateAsync(Call, cancelled.Token);
        await Server.Until(() => Server.Received.Any(a => a.Name == "Originate"));
        await cancelled.CancelAsync();

        Assert.Contains("cancelled", Assert.IsType<OriginateResult.Unknown>(await originating).Detail, StringComparison.Ordinal);
        Assert.Equal(0, Client.Counters.InFlight);
    }

    [Fact]
    public async Task Cancelling_before_the_sending_sends_nothing()
    {
        await Connected();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.OriginateAsync(Call, new CancellationToken(true)));
        Assert.True((await Client.SendAsync(Actions.Ping())).Success);
        Assert.DoesNotContain(Server.Received, a => a.Name == "Originate");
    }

    [Fact]
    public async Task Actions_wait_in_line_for_a_free_slot_and_give_up_in_time()
    {
        Options = Options with { MaxInFlight = 1 };
        Server.On("Getvar", (_, _) => Task.CompletedTask);
        await Connected();
        var first = Client.SendAsync(Actions.Getvar("c", "X"));
        await Server.Until(() => Server.Received.Any(a => a.Name == "Getvar"));
        var second = Client.SendAsync(Actions.Ping());
        Time.Advance(Options.ActionTimeout);

        Assert.Equal(AmiAnswer.Unknown, (await first).Answer);
        var late = await second;
        Assert.True(late.Answer == AmiAnswer.NotSent || late.Success);
        Assert.True((await Client.SendAsync(Actions.Ping())).Success);
    }

    [Fact]
    public async Task An_OriginateResponse_may_come_before_its_channel()
    {
        await Connected();
        await (await Server.EventSession()).SendAsync(
            "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: call-1\r\nResponse: Success\r\nReason: 4\r\nUniqueid: call-1\r\n\r\n" + Script.Newchannel("call-1"));

        var response = await Signals.Next<OriginateResponseEvent>();
        Assert.Equal(("call-1", true, OriginateReasons.Answered), (response.ActionId, response.Success, response.Reason));
        Assert.Equal("call-1", (await Signals.Next<NewchannelEvent>()).UniqueId);
    }

    [Fact]
    public async Task A_list_returns_its_rows_while_other_events_go_on()
    {
        Server.On("PJSIPShowContacts", async (session, a) =>
        {
            await session.SendAsync(a.Success("EventList: start\r\n") + Script.Newchannel("other"));
            await session.SendAsync($"Event: ContactList\r\nUri: sip:1\r\nActionID: {a.Id}\r\n\r\nEvent: ContactListComplete\r\nActionID: {a.Id}\r\nEventList: Complete\r\nListItems: 1\r\n\r\n");
        });
        await Connected();
        var list = await Client.ListAsync(new AmiAction("PJSIPShowContacts"));
        Assert.Equal(AmiListOutcome.Completed, list.Outcome);
        Assert.Equal("sip:1", Assert.IsType<UntypedEvent>(list.Rows.Single()).Headers["URI"]);
    }

    [Fact]
    public async Task A_list_that_does_not_end_times_out()
    {
        Server.On("Status", a => a.Success("EventList: start\r\n") + $"Event: Status\r\nActionID: {a.Id}\r\n\r\n");
        await Connected();
        var listing = Client.ListAsync(new AmiAction("Status"));
        await Server.Until(() => Server.Received.Any(a => a.Name == "Status"));
        Time.Advance(Options.ListTimeout);
        Assert.Equal(AmiListOutcome.TimedOut, (await listing).Outcome);
    }

    [Fact]
    public async Task A_denied_originate_says_so()
    {
        Server.On("Originate", a => a.Error("Permission denied"));
        await Connected();
        Assert.Equal(AmiAnswer.PermissionDenied, Assert.IsType<OriginateResult.Rejected>(await Client.OriginateAsync(Call)).Answer);
    }

    [Fact]
    public async Task Actions_are_spread_over_all_connections_and_go_on_over_the_others_when_one_is_lost()
    {
        Options = Options with { ActionConnections = 3, MaxInFlight = 1 };
        var asked = new ConcurrentDictionary<ScriptedSession, ScriptedAction>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.On("Getvar", (session, a) =>
        {
            asked[session] = a;
            if (asked.Count == 3) all.TrySetResult();
            return Task.CompletedTask;
        });
        await Connected();
        var asking = Enumerable.Range(0, 3).Select(i => Client.SendAsync(Actions.Getvar("c", $"X{i}"))).ToList();
        await all.Task;
        Assert.Equal(3, Client.Counters.InFlight);

        var (lost, _) = asked.First();
        lost.Cut();
        var unknown = await await Task.WhenAny(asking);
        Assert.Equal(AmiAnswer.Unknown, unknown.Answer);
        foreach (var (session, action) in asked.Where(a => a.Key != lost)) await session.SendAsync(action.Success("Value: 1\r\n"));
        Assert.Equal(2, (await Task.WhenAll(asking)).Count(a => a.Success));
        Assert.True((await Client.SendAsync(Actions.Ping())).Success);
        Assert.DoesNotContain(Signals.Seen, s => s is AmiDisconnected);
    }
}
