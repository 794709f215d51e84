using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>One TCP connection on its way.</summary>
sealed class Relay(Socket caller, Socket called, Direction there, Direction back)
{
    public Task Run() => Task.WhenAll(Pump(caller, called, there), Pump(called, caller, back));

    public void Reset()
    {
        foreach (var socket in new[] { caller, called }) socket.Close(0);
    }

    async Task Pump(Socket from, Socket to, Direction direction)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (true)
            {
                // Takes nothing: until the direction is passable the bytes stay with the kernel.
                await from.ReceiveAsync(Memory<byte>.Empty);
                if (await direction.WhenPassable() && WasReset(from)) throw new SocketException((int)SocketError.ConnectionReset);
                var received = await from.ReceiveAsync(buffer.AsMemory());
                if (direction.Delay > TimeSpan.Zero) await Task.Delay(direction.Delay);
                if (received == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }
                await to.SendAsync(buffer.AsMemory(0, received));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Reset();
        }
    }

    /// <summary>Asked before reading, because the kernel gives out what came before a reset although its sender has taken it back.</summary>
    static bool WasReset(Socket socket) => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;
}
