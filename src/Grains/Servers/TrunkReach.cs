using Carillon.Ami.Events;

namespace Carillon.Servers;

/// <summary>What Asterisk itself says of the endpoint or peer that trunks dial through: it asks them (<c>qualify</c>), or they register with it.</summary>
/// <param name="Endpoint">Such as <c>PJSIP/carrier</c>.</param>
readonly record struct TrunkReach(string Endpoint, bool IsReachable)
{
    /// <summary>Null: it says nothing of whether calls get through.</summary>
    public static TrunkReach? Of(PeerStatusEvent e) => e.Status switch
    {
        // Lagged is late, not gone.
        "Reachable" or "Registered" or "Lagged" => new(e.Peer, true),
        "Unreachable" or "Unregistered" => new(e.Peer, false),
        _ => null,
    };

    /// <summary>Null: the device state says nothing of whether calls get through. A device in use may well be one whose far side went away meanwhile; one that is not known may be an address.</summary>
    public static TrunkReach? Of(string endpoint, string deviceState) => deviceState switch
    {
        "NOT_INUSE" => new(endpoint, true),
        "UNAVAILABLE" => new(endpoint, false),
        _ => null,
    };

    /// <summary>Of a trunk that dials through an endpoint or peer; null for devices of other kinds, such as queues.</summary>
    public static string? DialStringOf(string endpoint) => endpoint.Split('/') is not [var technology, { Length: > 0 } name] ? null : technology.ToUpperInvariant() switch
    {
        "PJSIP" => $"PJSIP/{{number}}@{name}",
        "SIP" or "IAX2" => $"{technology}/{name}/{{number}}",
        _ => null,
    };

    /// <summary>
    /// The endpoint that a trunk's calls go to for certain: <c>PJSIP/{number}@endpoint</c>, <c>SIP/peer/{number}</c>, <c>SIP/{number}@peer</c>, <c>IAX2/peer/{number}</c>.
    /// Null for all else, such as an address of its own (<c>PJSIP/endpoint/sip:{number}@host</c>) or a Local channel.
    /// </summary>
    public static string? EndpointOf(string dialString)
    {
        var parts = dialString.Split('/');
        var technology = parts[0].ToUpperInvariant();
        var name = (technology, parts.Length) switch
        {
            ("PJSIP" or "SIP", 2) when parts[1].Contains('@') => parts[1][(parts[1].LastIndexOf('@') + 1)..],
            ("SIP" or "IAX2", 3) => parts[1],
            _ => "",
        };
        return name.Length == 0 || name.AsSpan().IndexOfAny("{}@:") >= 0 ? null : $"{technology}/{name}";
    }
}
