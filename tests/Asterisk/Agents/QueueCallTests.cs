using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Asterisk.Tests.Calls;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Agents;

/// <summary>Answered calls that wait in app_queue, and the agents' phones that take them.</summary>
[Collection(LabCollection.Name)]
public sealed class QueueCallTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task An_answered_call_reaches_an_agent_who_is_free_again_after_it()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var members = listener.Heard<AmiSnapshot>()[0].QueueMembers.Where(m => m.Queue == "quick").ToDictionary(m => m.Interface);
        var call = await PlacedCall.To(listener, Callee.Human, application: "Queue", data: "quick");
        Assert.Equal("quick", (await listener.Hears<QueueCallerJoinEvent>(e => e.UniqueId == call.Id)).Queue);
        var agent = members[(await listener.Hears<AgentConnectEvent>(e => e.UniqueId == call.Id)).Interface];
        await listener.Hears<BridgeEnterEvent>(e => e.UniqueId == call.Id);
        await listener.Client.SendAsync(Actions.Hangup(call.Id, HangupCauses.NormalClearing));
        Assert.Equal(HangupCauses.NormalClearing, (await call.Hangup).Cause);
        await listener.Hears<QueueMemberStatusEvent>(e =>
            e is { Queue: "quick", Status: MemberStatus.NotInUse, InCall: false } && e.Interface == agent.Interface && e.CallsTaken == agent.CallsTaken + 1);
        // AgentComplete is not always sent: seen missing on 22 for a call of a few milliseconds on a loaded machine.
        Assert.All(listener.Heard<AgentCompleteEvent>(), e => Assert.Equal((call.Id, "caller"), (e.UniqueId, e.Reason)));
    }

    [AsteriskFact]
    public async Task A_caller_who_hangs_up_before_an_agent_answers_is_an_abandon_and_a_hangup()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, Callee.Human, talk: 1, application: "Queue", data: "deaf");
        await listener.Hears<QueueCallerAbandonEvent>(e => e.UniqueId == call.Id);
        Assert.Equal(HangupCauses.NormalClearing, (await call.Hangup).Cause);
        Assert.DoesNotContain(listener.Heard<AgentConnectEvent>(), e => e.UniqueId == call.Id);
    }

    [AsteriskFact]
    public async Task An_abandon_at_the_queues_timeout_leaves_the_call_alive()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var id = PlacedCall.NewId();
        var call = await PlacedCall.Place(listener, new()
        {
            Channel = Callee.OnTrunk(Callee.Number(Callee.AnswersAtOnce)),
            ChannelId = id,
            Context = "dialer",
            Exten = "queue",
            Variables = new Dictionary<string, string> { ["DIALER_ATTEMPT"] = id, ["DIALER_QUEUE"] = "deaf", ["DIALER_QTIMEOUT"] = "1" },
        });
        await listener.Hears<QueueCallerAbandonEvent>(e => e.UniqueId == id);
        var over = await listener.Hears<UserEvent>(e => e.Kind == "DialerQueueOver" && e.Headers["Attempt"] == id);
        Assert.Equal("TIMEOUT", over.Headers["Status"]);
        Assert.DoesNotContain(listener.Heard<HangupEvent>(), e => e.UniqueId == id);
        await listener.Client.SendAsync(Actions.Hangup(id));
        await call.Hangup;
    }

    [AsteriskFact]
    public async Task A_paused_agent_gets_no_call_and_an_unpaused_one_does()
    {
        await using var listener = await Listener.Connected(lab.Servers[1].Options);
        const string agent = "PJSIP/9510", queue = "dynamic";
        Assert.True((await listener.Client.SendAsync(Actions.QueueAdd(queue, agent, paused: true))).Success);
        Assert.True((await listener.Hears<QueueMemberAddedEvent>(e => e.Interface == agent)).Paused);
        try
        {
            var call = await PlacedCall.To(listener, Callee.AnswersAtOnce, application: "Queue", data: queue);
            await listener.Hears<QueueCallerJoinEvent>(e => e.UniqueId == call.Id);
            await listener.HearsAllUntilNow();
            Assert.Empty(listener.Heard<AgentCalledEvent>());

            Assert.True((await listener.Client.SendAsync(Actions.QueuePause(agent, paused: false))).Success);
            await listener.Hears<AgentConnectEvent>(e => e.UniqueId == call.Id && e.Interface == agent);
            await listener.Client.SendAsync(Actions.Hangup(call.Id));
            await call.Hangup;
        }
        finally
        {
            await listener.Client.SendAsync(Actions.QueueRemove(queue, agent));
        }
        await listener.Hears<QueueMemberRemovedEvent>(e => e.Interface == agent);
    }
}
