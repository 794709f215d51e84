using Carillon.Ami;
using Carillon.Ami.Events;
using Carillon.Asterisk.Tests.Calls;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Links;

/// <summary>What a client knows right after it has connected.</summary>
[Collection(LabCollection.Name)]
public sealed class SnapshotTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task A_connection_tells_the_server_and_then_all_its_queues_and_members()
    {
        await using var listener = Listener.To(lab.Servers[1].Options);
        var connected = await listener.Hears<AmiConnected>();
        Assert.Equal("pbx2", connected.Server.SystemName);
        Assert.StartsWith($"{lab.Version}.", connected.Server.AsteriskVersion, StringComparison.Ordinal);
        // Of the same machine.
        Assert.InRange(connected.Server.ClockAhead!.Value, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.Empty(connected.Permissions.Missing(["Originate", "Hangup", "CoreShowChannels", "QueueStatus", "QueuePause"]));

        var snapshot = await listener.Hears<AmiSnapshot>();
        Assert.True(snapshot.Complete, snapshot.Problem);
        Assert.Equal(["autopause", "deaf", "desk", "dynamic", "empty", "floor", "quick", "registered", "sales", "support"],
            snapshot.Queues.Select(q => q.Queue).Order(StringComparer.Ordinal));
        Assert.Equal(["PJSIP/9001", "PJSIP/9002", "PJSIP/9003", "PJSIP/9004", "PJSIP/9005"],
            snapshot.QueueMembers.Where(m => m.Queue == "sales").Select(m => m.Interface).Order(StringComparer.Ordinal));
        Assert.All(snapshot.QueueMembers.Where(m => m.Queue == "sales"), m => Assert.Equal(MemberStatus.NotInUse, m.Status));
    }

    [AsteriskFact]
    public async Task A_snapshot_holds_the_calls_that_live_and_the_callers_who_wait()
    {
        await using var first = await Listener.Connected(lab.Servers[0].Options);
        var talking = await PlacedCall.To(first, Callee.AnswersAtOnce);
        var waiting = await PlacedCall.To(first, Callee.AnswersAtOnce, application: "Queue", data: "deaf");
        await first.Hears<QueueCallerJoinEvent>(e => e.UniqueId == waiting.Id);
        await talking.Answer;

        await using var second = Listener.To(lab.Servers[0].Options);
        var snapshot = await second.Hears<AmiSnapshot>();
        Assert.Contains(snapshot.Channels, c => c.UniqueId == talking.Id && c is { State: ChannelState.Up, Application: "Wait" });
        Assert.Contains(snapshot.QueueEntries, e => e.UniqueId == waiting.Id && e.Queue == "deaf");

        foreach (var call in new[] { talking, waiting })
        {
            await second.Client.SendAsync(Actions.Hangup(call.Id));
            await first.Hears<HangupEvent>(e => e.UniqueId == call.Id);
        }
        Assert.True(await second.Client.RequestSnapshotAsync());
        Assert.DoesNotContain((await second.Hears<AmiSnapshot>(s => s != snapshot)).Channels, c => c.UniqueId == talking.Id || c.UniqueId == waiting.Id);
    }
}
