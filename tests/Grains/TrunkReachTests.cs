using Carillon.Ami.Events;
using Carillon.Servers;

namespace Carillon.Grains.Tests;

public class TrunkReachTests
{
    [Theory]
    [InlineData("PJSIP/{number}@carrier", "PJSIP/carrier")]
    [InlineData("pjsip/00{e164}@Carrier-2", "PJSIP/Carrier-2")]
    [InlineData("SIP/carrier/{number}", "SIP/carrier")]
    [InlineData("SIP/{national}@carrier", "SIP/carrier")]
    [InlineData("IAX2/carrier/{number}", "IAX2/carrier")]
    [InlineData("PJSIP/carrier/sip:{number}@192.0.2.9", null)]
    [InlineData("IAX2/user:word@carrier/{number}", null)]
    [InlineData("Local/{number}@out", null)]
    [InlineData("Local/{number}@out/n", null)]
    [InlineData("DAHDI/g1/{number}", null)]
    public void The_endpoint_of_a_trunk_is_known_where_its_dial_string_tells_it_for_certain(string dialString, string? endpoint) =>
        Assert.Equal(endpoint, TrunkReach.EndpointOf(dialString));

    [Theory]
    [InlineData("Reachable", true)]
    [InlineData("Registered", true)]
    [InlineData("Lagged", true)]
    [InlineData("Unreachable", false)]
    [InlineData("Unregistered", false)]
    public void What_Asterisk_says_of_a_peer_is_taken_by_its_word(string status, bool isReachable) =>
        Assert.Equal(new TrunkReach("PJSIP/carrier", isReachable), TrunkReach.Of(new PeerStatusEvent { Peer = "PJSIP/carrier", Status = status }));

    [Theory]
    [InlineData("NOT_INUSE", true)]
    [InlineData("UNAVAILABLE", false)]
    // In use, perhaps by calls that have lost their far side; and a name that is no device may be an address.
    [InlineData("INUSE", null)]
    [InlineData("RINGINUSE", null)]
    [InlineData("INVALID", null)]
    [InlineData("UNKNOWN", null)]
    public void A_device_state_tells_where_calls_depend_on_it(string state, bool? isReachable) => Assert.Equal(isReachable, TrunkReach.Of("PJSIP/carrier", state)?.IsReachable);

    [Theory]
    [InlineData("PJSIP/carrier", "PJSIP/{number}@carrier")]
    [InlineData("SIP/carrier", "SIP/carrier/{number}")]
    [InlineData("IAX2/carrier", "IAX2/carrier/{number}")]
    [InlineData("Queue:sales_avail", null)]
    [InlineData("Local/9001@agents", null)]
    [InlineData("PJSIP/", null)]
    public void A_trunk_over_an_endpoint_dials_through_it(string endpoint, string? dialString)
    {
        Assert.Equal(dialString, TrunkReach.DialStringOf(endpoint));
        if (dialString is not null) Assert.Equal(endpoint, TrunkReach.EndpointOf(dialString));
    }

    [Theory]
    [InlineData("Rejected")]
    [InlineData("Unknown")]
    [InlineData("")]
    public void Other_words_say_nothing_of_calls(string status) => Assert.Null(TrunkReach.Of(new PeerStatusEvent { Peer = "PJSIP/carrier", Status = status }));
}
