using Carillon.Ami;
using Carillon.Asterisk.Tests.Calls;
using Carillon.Lab;

namespace Carillon.Asterisk.Tests.Links;

/// <summary>What an administrator can get wrong in manager.conf is said in a sentence that names it.</summary>
[Collection(LabCollection.Name)]
public sealed class PermissionTests(AsteriskLab lab)
{
    [AsteriskTheory]
    [InlineData("dialer", "not-the-secret")]
    [InlineData("nobody", "dialer-secret")]
    [InlineData("dialer-elsewhere", "dialer-secret")]
    public async Task A_refused_login_is_not_taken_for_an_offline_server(string username, string secret)
    {
        await using var listener = Listener.To(lab.Servers[0].Options with { Username = username, Secret = secret });
        var refused = await listener.Hears<AmiDisconnected>();
        Assert.Equal(AmiCause.WrongSecret, refused.Cause);
        Assert.Contains($"'{username}'", refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refused.Detail, StringComparison.Ordinal);
    }

    [AsteriskFact]
    public async Task A_user_who_may_not_originate_is_told_so_before_and_when_he_tries()
    {
        await using var listener = await Listener.Connected(As("dialer-noorig"));
        var problem = Assert.Single(listener.Heard<AmiConnected>()[0].Permissions.Missing(["Originate", "Hangup", "QueuePause"]));
        Assert.Contains("'originate'", problem, StringComparison.Ordinal);
        Assert.Contains("'dialer-noorig'", problem, StringComparison.Ordinal);
        var result = await listener.Client.OriginateAsync(new()
        {
            Channel = Callee.OnTrunk(Callee.Number(Callee.AnswersAtOnce)),
            ChannelId = PlacedCall.NewId(),
            Application = "Wait",
            Data = "1",
        });
        Assert.Equal(AmiAnswer.PermissionDenied, Assert.IsType<OriginateResult.Rejected>(result).Answer);
    }

    [AsteriskFact]
    public async Task A_user_who_may_not_hang_up_or_pause_is_denied_both_and_no_more()
    {
        await using var listener = await Listener.Connected(As("dialer-nocall"));
        var call = await PlacedCall.To(listener, Callee.AnswersAtOnce, talk: 1);
        Assert.Equal(AmiAnswer.PermissionDenied, (await listener.Client.SendAsync(Actions.Hangup(call.Id))).Answer);
        Assert.Equal(AmiAnswer.PermissionDenied, (await listener.Client.SendAsync(Actions.QueuePause("PJSIP/9001", paused: true))).Answer);
        Assert.Equal(2, listener.Heard<AmiConnected>()[0].Permissions.Missing(["Hangup", "QueuePause", "Originate", "CoreShowChannels"]).Count);
        await call.Hangup;
    }

    [AsteriskFact]
    public async Task A_user_who_may_list_nothing_gets_a_snapshot_that_says_it_is_incomplete()
    {
        await using var listener = Listener.To(As("dialer-none"));
        var snapshot = await listener.Hears<AmiSnapshot>();
        Assert.False(snapshot.ChannelsComplete);
        Assert.Contains("CoreShowChannels", snapshot.Problem, StringComparison.Ordinal);
        Assert.Contains("'dialer-none'", snapshot.Problem, StringComparison.Ordinal);
    }

    AmiClientOptions As(string username) => lab.Servers[0].Options with { Username = username };
}
