namespace Carillon.Network;

/// <summary>What one server's AMI did since the network was made.</summary>
public sealed class ServerCounters
{
    public long Events { get; internal set; }
    public long BytesSent { get; internal set; }
    public long Connections { get; internal set; }
    public long RefusedConnections { get; internal set; }
    public long RefusedLogins { get; internal set; }
    public long Actions { get; internal set; }
    public long Originates { get; internal set; }

    /// <summary>Sessions closed because their reader was too slow.</summary>
    public long SlowReaders { get; internal set; }
}
