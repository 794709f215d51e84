using System.Net;

namespace Carillon.Chaos.Links;

/// <summary>The network between nodes and a server, be it an Asterisk's AMI or PostgreSQL.</summary>
sealed class Link : IDisposable
{
    readonly Way _way = new();
    readonly Entrance _entrance;

    /// <param name="server">Where connections go on: by TCP, or to a Unix socket.</param>
    public Link(EndPoint server) => _entrance = new(node => _way.Carry(node, server));

    public int Port => _entrance.Port;

    public Direction ToServer => _way.There;

    public Direction ToNode => _way.Back;

    /// <inheritdoc cref="Way.Cut"/>
    public void Cut() => _way.Cut();

    /// <inheritdoc cref="Way.Mend"/>
    public void Mend(TimeSpan retransmitAfter = default) => _way.Mend(retransmitAfter);

    public void Dispose()
    {
        _entrance.Dispose();
        Cut();
    }
}
