using System.Net;
using System.Net.Sockets;

namespace Carillon.Lab;

/// <summary>A part of 127.0.0.0/8 that nobody uses, so that labs run side by side.</summary>
static class LabNetwork
{
    public const int AmiPort = 5038;
    const int SipPort = 5060;
    const int FirstHost = 10;

    /// <summary>The address of the carrier (0) or of pbx 1, 2, … in <paramref name="network"/>.</summary>
    public static string Address(string network, int server) => $"{network}.{FirstHost + server}";

    /// <summary>The first three octets, such as 127.83.201.</summary>
    public static string FindFree(int servers)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var network = $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}";
            if (Enumerable.Range(0, servers + 1).All(i => IsFree(IPAddress.Parse(Address(network, i))))) return network;
        }
        throw new InvalidOperationException($"No free addresses for the lab: something listens on port {AmiPort} or {SipPort} of every loopback address.");
    }

    static bool IsFree(IPAddress address)
    {
        try
        {
            using var ami = new Socket(SocketType.Stream, ProtocolType.Tcp);
            ami.Bind(new IPEndPoint(address, AmiPort));
            using var sip = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            sip.Bind(new IPEndPoint(address, SipPort));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
