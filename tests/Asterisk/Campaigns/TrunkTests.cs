using Carillon.Lab;
using Carillon.Pacing;
using Carillon.Servers;
using Carillon.TestKit;

namespace Carillon.Asterisk.Tests.Campaigns;

/// <summary>What Asterisk itself says of the far side of a trunk.</summary>
[Collection(LabCollection.Name)]
public sealed class TrunkTests(AsteriskLab lab)
{
    [AsteriskFact]
    public async Task A_user_with_no_more_rights_than_a_dialer_needs_is_told_the_endpoints_that_trunks_can_dial_through()
    {
        await using var dialer = await Dialer.Start(lab);
        var server = dialer.Node.Grains.Server(new("pbx1"));
        await GrainNode.Until(server.GetSnapshot, s => s.State == ServerState.Online);
        var known = await server.ListEndpoints();
        Assert.Null(known.Problem);
        Assert.Contains(known.Endpoints, e => e is { Name: "PJSIP/carrier", DialString: "PJSIP/{number}@carrier" });
        Assert.Contains(known.Endpoints, e => e.Name == "PJSIP/deadtrunk");
        // A member of the queue sales; nor is a queue an endpoint.
        Assert.DoesNotContain(known.Endpoints, e => e.Name == "PJSIP/9001" || e.Name.StartsWith("Queue", StringComparison.Ordinal));
    }

    [AsteriskFact]
    public async Task A_trunk_rests_when_its_endpoint_goes_away_and_works_again_when_it_is_back()
    {
        await using var dialer = await Dialer.Start(lab);
        // A phone that registers is to Asterisk what a carrier is that does.
        await dialer.Node.Configure<TrunkConfig>("registering", new() { Name = "registering", Server = new("pbx1"), DialString = "PJSIP/{number}@9601", Channels = 10 });
        var server = dialer.Node.Grains.Server(new("pbx1"));
        await server.ConfigChanged();
        await GrainNode.Until(server.GetSnapshot, s => s.State == ServerState.Online);
        Task<TrunkStatus> Becomes(TrunkState state) => GrainNode.Until(() => server.GetTrunk(new("registering")), t => t.State == state);
        await GrainNode.Until(() => lab.Cli("pbx1", "pjsip show contacts"), said => said.Contains("9601/sip:", StringComparison.Ordinal));
        try
        {
            await lab.Cli("carrier", "pjsip send unregister pbx1-9601");
            Assert.Contains("PJSIP/9601", (await Becomes(TrunkState.Resting)).Problem, StringComparison.Ordinal);
        }
        finally
        {
            await lab.Cli("carrier", "pjsip send register pbx1-9601");
        }
        Assert.Null((await Becomes(TrunkState.Healthy)).Problem);
        Assert.Equal(TrunkState.Healthy, (await server.GetTrunk(new("pbx1-carrier"))).State);
    }

    [AsteriskFact]
    public async Task A_trunk_whose_endpoint_was_gone_before_rests_from_the_first_moment()
    {
        await lab.Cli("carrier", "pjsip send unregister pbx1-9601");
        try
        {
            await GrainNode.Until(() => lab.Cli("pbx1", "pjsip show contacts"), said => !said.Contains("9601/sip:", StringComparison.Ordinal));
            await using var dialer = await Dialer.Start(lab);
            var server = dialer.Node.Grains.Server(new("pbx1"));
            await GrainNode.Until(server.GetSnapshot, s => s.State == ServerState.Online);
            // A trunk that is added to a server that is there already is asked for then.
            await dialer.Node.Configure<TrunkConfig>("registering", new() { Name = "registering", Server = new("pbx1"), DialString = "PJSIP/{number}@9601", Channels = 10 });
            await server.ConfigChanged();
            Assert.Contains("PJSIP/9601", (await GrainNode.Until(() => server.GetTrunk(new("registering")), t => t.State == TrunkState.Resting)).Problem, StringComparison.Ordinal);

            // And all of them when the connection is made.
            await dialer.Node.StopAsync();
            await dialer.Node.StartAsync();
            server = dialer.Node.Grains.Server(new("pbx1"));
            await server.Wake();
            await GrainNode.Until(() => server.GetTrunk(new("registering")), t => t.State == TrunkState.Resting);
            Assert.Equal(TrunkState.Healthy, (await server.GetTrunk(new("pbx1-carrier"))).State);

            await lab.Cli("carrier", "pjsip send register pbx1-9601");
            await GrainNode.Until(() => server.GetTrunk(new("registering")), t => t.State == TrunkState.Healthy);
        }
        finally
        {
            await lab.Cli("carrier", "pjsip send register pbx1-9601");
        }
    }
}
