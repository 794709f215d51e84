using System.Net;
using System.Net.Sockets;

namespace Carillon.TestKit;

public static class Loopback
{
    /// <summary>For programs that cannot be given port 0. Somebody else may be faster.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
