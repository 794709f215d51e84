using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Asterisk.Tests.Calls;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Links;

/// <summary>Every way to lose a server has its own cause, and after each the client is back by itself with the true state.</summary>
[Collection(LabCollection.Name)]
public sealed class LossTests(AsteriskLab lab)
{
    LabServer Server => lab.Servers[1];

    AmiClientOptions Watchful => Server.Options with { PingInterval = TimeSpan.FromMilliseconds(200), PingDeadline = TimeSpan.FromMilliseconds(500) };

    [AsteriskFact]
    public async Task A_cut_link_is_a_lost_connection_and_the_calls_of_that_time_are_in_the_next_snapshot_or_ended()
    {
        await using var link = new CuttableLink(Server);
        await using var listener = await Listener.Connected(Server.Options with { Host = link.Host, Port = link.Port });
        await using var witness = await Listener.Connected(Server.Options);
        var stays = await PlacedCall.To(listener, Callee.AnswersAtOnce);
        var ends = await PlacedCall.To(listener, Callee.AnswersAtOnce);
        await stays.Answer;
        await ends.Answer;

        var before = listener.Now;
        link.Cut();
        var lost = await listener.Hears<AmiDisconnected>(after: before);
        Assert.True(lost.Cause is AmiCause.ConnectionLost or AmiCause.Eof, $"{lost}");
        Assert.Equal(AmiAnswer.NotSent, (await listener.Client.SendAsync(Actions.Ping())).Answer);
        await witness.Client.SendAsync(Actions.Hangup(ends.Id));
        await witness.Hears<HangupEvent>(e => e.UniqueId == ends.Id);

        link.Restore();
        Assert.Equal(2, (await listener.Hears<AmiConnected>(after: before)).Epoch);
        var snapshot = await listener.Hears<AmiSnapshot>(after: before);
        Assert.True(snapshot.ChannelsComplete);
        Assert.Contains(snapshot.Channels, c => c.UniqueId == stays.Id);
        Assert.DoesNotContain(snapshot.Channels, c => c.UniqueId == ends.Id);
        await listener.Client.SendAsync(Actions.Hangup(stays.Id));
        await stays.Hangup;
    }

    [AsteriskFact]
    public async Task A_link_that_goes_silent_with_both_ends_open_is_found_by_the_ping()
    {
        await using var link = new CuttableLink(Server);
        await using var listener = await Listener.Connected(Watchful with { Host = link.Host, Port = link.Port });
        var before = listener.Now;
        link.Silence();
        Assert.Equal(AmiCause.PingTimeout, (await listener.Hears<AmiDisconnected>(after: before)).Cause);
        link.Restore();
        Assert.True((await listener.Hears<AmiSnapshot>(after: before)).Complete);
    }

    [AsteriskFact]
    public async Task A_frozen_server_is_found_by_the_ping_and_is_the_same_one_when_it_goes_on()
    {
        await using var listener = await Listener.Connected(Watchful);
        var start = listener.Heard<AmiConnected>()[0].Server.StartMark;
        var before = listener.Now;
        await lab.FreezeAsync(Server.Name);
        try
        {
            Assert.Equal(AmiCause.PingTimeout, (await listener.Hears<AmiDisconnected>(after: before)).Cause);
        }
        finally
        {
            await lab.ThawAsync(Server.Name);
        }
        Assert.Equal(start, (await listener.Hears<AmiConnected>(after: before)).Server.StartMark);
    }

    [AsteriskFact]
    public async Task After_an_orderly_restart_the_server_is_another_one_and_its_announcement_is_the_cause_of_the_loss()
    {
        await using var listener = await Listener.Connected(Server.Options);
        var call = await PlacedCall.To(listener, Callee.AnswersAtOnce);
        await call.Answer;
        var start = listener.Heard<AmiConnected>()[0].Server.StartMark;
        var before = listener.Now;
        await lab.RestartAsync(Server.Name);
        var lost = await listener.Hears<AmiDisconnected>(after: before);
        // An Asterisk that the machine gives no time ends before it has written the announcement.
        Assert.Equal(listener.Heard<ShutdownEvent>(before).Count > 0 ? AmiCause.ServerShutdown : AmiCause.Eof, lost.Cause);
        Assert.NotEqual(start, (await listener.Hears<AmiConnected>(after: before)).Server.StartMark);
        var snapshot = await listener.Hears<AmiSnapshot>(after: before);
        Assert.True(snapshot.Complete, snapshot.Problem);
        Assert.Empty(snapshot.Channels);
    }

    [AsteriskFact]
    public async Task A_killed_server_is_an_end_without_a_word_then_unreachable_then_back_without_calls()
    {
        await using var listener = await Listener.Connected(Server.Options);
        var call = await PlacedCall.To(listener, Callee.AnswersAtOnce);
        await call.Answer;
        var before = listener.Now;
        await lab.KillAsync(Server.Name);
        try
        {
            var lost = await listener.Hears<AmiDisconnected>(after: before);
            Assert.True(lost.Cause is AmiCause.Eof or AmiCause.ConnectionLost, $"{lost}");
            Assert.Contains($"{Server.AmiHost}:{Server.AmiPort}", (await listener.Hears<AmiDisconnected>(d => d.Cause == AmiCause.Unreachable, before)).Detail, StringComparison.Ordinal);
        }
        finally
        {
            await lab.StartAsync(Server.Name);
        }
        Assert.Empty((await listener.Hears<AmiSnapshot>(after: before)).Channels);
        Assert.DoesNotContain(listener.Heard<HangupEvent>(), e => e.UniqueId == call.Id);
    }
}
