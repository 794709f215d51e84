using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Calls;

/// <summary>What AMI tells of each way in which a call can end, with real SIP behind it.</summary>
[Collection(LabCollection.Name)]
public sealed class OutcomeTests(AsteriskLab lab)
{
    [AsteriskTheory]
    [InlineData(Callee.Busy, HangupCauses.UserBusy, DialStatuses.Busy, "486")]
    [InlineData(Callee.NetworkNoAnswer, HangupCauses.NoAnswer, DialStatuses.NoAnswer, "480")]
    [InlineData(Callee.NoCircuit, HangupCauses.NormalCircuitCongestion, DialStatuses.Congestion, "503")]
    [InlineData(Callee.Unallocated, HangupCauses.UnallocatedNumber, DialStatuses.NoAnswer, "404")]
    [InlineData(Callee.Rejects, HangupCauses.CallRejected, DialStatuses.NoAnswer, "403")]
    [InlineData(Callee.OutOfOrder, HangupCauses.DestinationOutOfOrder, DialStatuses.NoAnswer, "502")]
    [InlineData(Callee.Incomplete, HangupCauses.InvalidNumberFormat, DialStatuses.NoAnswer, "484")]
    [InlineData(Callee.NetworkDown, HangupCauses.NetworkOutOfOrder, DialStatuses.NoAnswer, "500")]
    public async Task A_call_that_fails_says_why_by_the_cause_of_its_hangup(int callee, int cause, string dialStatus, string sipCode)
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, callee);
        var response = await call.Response;
        Assert.False(response.Success);
        Assert.Equal(OriginateReasons.Failure, response.Reason);
        Assert.Equal(call.Id, response.UniqueId);
        var hangup = await call.Hangup;
        Assert.Equal(cause, hangup.Cause);
        if (lab.Version >= 22) Assert.Contains(sipCode, hangup.TechCause, StringComparison.Ordinal);
        Assert.Equal(dialStatus, (await call.DialEnd).DialStatus);
    }

    [AsteriskFact]
    public async Task A_call_that_rings_until_its_timeout_has_no_dial_end_and_on_16_no_cause()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, Callee.RingsForEver, timeout: TimeSpan.FromSeconds(1));
        Assert.Equal((false, OriginateReasons.NoAnswer), ((await call.Response).Success, (await call.Response).Reason));
        Assert.Equal(lab.Version == 16 ? HangupCauses.NotDefined : HangupCauses.NoAnswer, (await call.Hangup).Cause);
        await listener.HearsAllUntilNow();
        Assert.DoesNotContain(listener.Heard<DialEndEvent>(), e => e.DestUniqueId == call.Id);
    }

    [AsteriskFact]
    public async Task A_trunk_on_which_nobody_answers_ends_by_the_timeout_like_an_unanswered_call()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.Place(listener, new()
        {
            Channel = "PJSIP/1000000001@deadtrunk",
            ChannelId = PlacedCall.NewId(),
            Application = "Wait",
            Data = "1",
            Timeout = TimeSpan.FromSeconds(1),
        });
        Assert.Equal(OriginateReasons.NoAnswer, (await call.Response).Reason);
        await call.Hangup;
        await listener.HearsAllUntilNow();
        Assert.DoesNotContain(listener.Heard<NewstateEvent>(), e => e.UniqueId == call.Id && e.State == ChannelState.Ringing);
    }

    [AsteriskFact]
    public async Task Of_a_call_to_an_unknown_trunk_only_the_response_is_heard()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.Place(listener, new() { Channel = "PJSIP/1@nosuchtrunk", ChannelId = PlacedCall.NewId(), Application = "Wait", Data = "1" });
        Assert.Equal((false, OriginateReasons.Failure), ((await call.Response).Success, (await call.Response).Reason));
        await listener.HearsAllUntilNow();
        Assert.DoesNotContain(listener.Heard<ChannelEvent>(), e => e.UniqueId == call.Id);
    }

    [AsteriskFact]
    public async Task A_person_who_answers_and_hangs_up_clears_the_call_normally()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, Callee.Human, ring: 1, talk: 1);
        await call.Ringing;
        Assert.Equal((true, OriginateReasons.Answered), ((await call.Response).Success, (await call.Response).Reason));
        await call.Answer;
        Assert.Equal(HangupCauses.NormalClearing, (await call.Hangup).Cause);
        Assert.Equal(DialStatuses.Answer, (await call.DialEnd).DialStatus);
        var record = await listener.Hears<CdrEvent>(e => e.UniqueId == call.Id);
        Assert.Equal("ANSWERED", record.Disposition);
    }

    [AsteriskFact]
    public async Task Somebody_who_hangs_up_at_once_was_answered_all_the_same()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, Callee.HangsUpAtOnce);
        Assert.True((await call.Response).Success);
        Assert.Equal(HangupCauses.NormalClearing, (await call.Hangup).Cause);
    }

    [AsteriskFact]
    public async Task A_call_hung_up_by_AMI_while_it_rings_fails_without_a_cause()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var call = await PlacedCall.To(listener, Callee.RingsForEver);
        await call.Ringing;
        Assert.True((await listener.Client.SendAsync(Actions.Hangup(call.Id))).Success);
        Assert.Equal((false, OriginateReasons.Failure), ((await call.Response).Success, (await call.Response).Reason));
        Assert.Equal(HangupCauses.NotDefined, (await call.Hangup).Cause);
    }

    [AsteriskFact]
    public async Task A_channel_id_used_twice_fails_and_leaves_the_first_call_alone()
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var first = await PlacedCall.To(listener, Callee.AnswersAtOnce);
        Assert.True((await first.Response).Success);
        var id = $"again-{first.Id}";
        await listener.Client.OriginateAsync(new()
        {
            Channel = Callee.OnTrunk(Callee.Number(Callee.AnswersAtOnce)),
            ChannelId = first.Id,
            ActionId = id,
            Application = "Wait",
            Data = "1",
        });
        Assert.False((await listener.Hears<OriginateResponseEvent>(e => e.ActionId == id)).Success);
        await listener.HearsAllUntilNow();
        Assert.DoesNotContain(listener.Heard<HangupEvent>(), e => e.UniqueId == first.Id);
        await listener.Client.SendAsync(Actions.Hangup(first.Id));
        await first.Hangup;
    }

    [AsteriskTheory]
    [InlineData(Callee.Human, "HUMAN")]
    [InlineData(Callee.Machine, "MACHINE")]
    public async Task Asterisk_tells_a_person_from_a_machine(int callee, string status)
    {
        await using var listener = await Listener.Connected(lab.Servers[0].Options);
        var id = PlacedCall.NewId();
        var call = await PlacedCall.Place(listener, new()
        {
            Channel = Callee.OnTrunk(Callee.Number(callee)),
            ChannelId = id,
            Context = "dialer",
            Exten = "amd",
            Variables = new Dictionary<string, string> { ["DIALER_ATTEMPT"] = id, ["DIALER_QUEUE"] = "quick" },
        });
        var verdict = await listener.Hears<UserEvent>(e => e.Kind == "DialerAmd" && e.Headers["Attempt"] == id);
        Assert.Equal(status, verdict.Headers["Status"]);
        await listener.Client.SendAsync(Actions.Hangup(id));
        await call.Hangup;
    }

    [AsteriskFact]
    public async Task Eighty_calls_at_once_over_two_servers_each_get_their_own_end()
    {
        await using var one = await Listener.Connected(lab.Servers[0].Options);
        await using var two = await Listener.Connected(lab.Servers[1].Options);
        (int Callee, int Talk, int Cause)[] kinds =
        [
            (Callee.Human, 1, HangupCauses.NormalClearing), (Callee.Busy, 0, HangupCauses.UserBusy), (Callee.Unallocated, 0, HangupCauses.UnallocatedNumber),
            (Callee.NoCircuit, 0, HangupCauses.NormalCircuitCongestion), (Callee.Rejects, 0, HangupCauses.CallRejected),
        ];
        var calls = await Task.WhenAll(Enumerable.Range(0, 80).Select(async i =>
        {
            var (callee, talk, cause) = kinds[i / 2 % kinds.Length];
            return (Call: await PlacedCall.To(i % 2 == 0 ? one : two, callee, ring: i % 3, talk: talk), Cause: cause);
        }));
        foreach (var (call, cause) in calls)
        {
            Assert.Equal(cause == HangupCauses.NormalClearing, (await call.Response).Success);
            Assert.Equal(cause, (await call.Hangup).Cause);
        }
        foreach (var listener in new[] { one, two })
        {
            await listener.HearsAllUntilNow();
            Assert.Equal(40, listener.Heard<OriginateResponseEvent>().Count);
            Assert.Equal(40, listener.Heard<HangupEvent>().Count);
        }
    }
}
