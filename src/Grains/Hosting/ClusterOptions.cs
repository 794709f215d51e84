using System.Net;

namespace Carillon.Hosting;

public enum NodeRole
{
    /// <summary>Holds grains, and serves the API and pages.</summary>
    All,
    /// <summary>Serves the API and pages, and holds no grains.</summary>
    Api,
}

/// <summary>Settings of a node that is one of several, in the section <c>Cluster</c>. They need the grain host Orleans, and PostgreSQL.</summary>
public sealed class ClusterOptions
{
    /// <summary>Name of the cluster: nodes with the same name on the same database work together. Default null: a node by itself.</summary>
    public string? Id { get; set; }

    /// <summary>What this node does. Default All; Api: it holds no grains.</summary>
    public NodeRole Roles { get; set; }

    /// <summary>
    /// IP address of this node at which the others reach it. Default 127.0.0.1: all nodes are on this machine. Whoever reaches its ports can do everything:
    /// they belong into a network of the nodes' own.
    /// </summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port at which other nodes reach this one. Default 11111; 0: a free one.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port at which nodes that hold no grains reach this one. Default 30000; 0: a free one.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// IP address that this node listens on for the others, if it is not <see cref="Address"/>: in a container, or behind a router, that may be one which it does not have
    /// itself. Default null: <see cref="Address"/>. 0.0.0.0: all that it has.
    /// </summary>
    public string? Bind { get; set; }

    /// <summary>Port that it listens on for <see cref="SiloPort"/>. Default null: the same.</summary>
    public int? BindSiloPort { get; set; }

    /// <summary>Port that it listens on for <see cref="GatewayPort"/>. Default null: the same.</summary>
    public int? BindGatewayPort { get; set; }

    /// <summary>
    /// A node that has not answered for so long is taken for dead, and what it held is taken over. Default 6 s; 3 s to 10 minutes. A node that is
    /// itself starved gives the others more time. Longer than any pause of the garbage collector, or of a busy machine.
    /// </summary>
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// A node that has not reached the database for so long ends, to be started again by its service manager, if another node has reached it for as long: that one
    /// takes over what it held. If none has, it waits. Default 10 s; 3 s to 10 minutes. Zero: it always waits.
    /// </summary>
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>All that is wrong, each with its key.</summary>
    public IEnumerable<string> Problems()
    {
        if (Id is { } id && (id.Length is 0 or > 100 || id.Any(c => c is <= ' ' or > '~'))) yield return $"Cluster:Id (--cluster) must have 1 to 100 printable characters without spaces; it is '{id}'.";
        if (!Enum.IsDefined(Roles)) yield return $"Cluster:Roles (--roles) must be All or Api; it is {Roles}.";
        if (Id is null && Roles != NodeRole.All) yield return "Cluster:Roles (--roles) is for a node of a cluster; Cluster:Id (--cluster) names none.";
        if (!IPAddress.TryParse(Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return $"Cluster:Address must be an IP address of this machine that the other nodes reach; it is {Address}.";
        if (SiloPort is < 0 or > 65535) yield return $"Cluster:SiloPort must be from 0 to 65535; it is {SiloPort}.";
        if (GatewayPort is < 0 or > 65535) yield return $"Cluster:GatewayPort must be from 0 to 65535; it is {GatewayPort}.";
        if (Bind is not null && !IPAddress.TryParse(Bind, out _)) yield return $"Cluster:Bind must be an IP address of this machine, such as 0.0.0.0; it is {Bind}.";
        foreach (var (name, port, reached) in new[] { ("SiloPort", BindSiloPort, SiloPort), ("GatewayPort", BindGatewayPort, GatewayPort) })
        {
            if (port is < 1 or > 65535) yield return $"Cluster:Bind{name} must be from 1 to 65535; it is {port}.";
            else if (port is not null && reached == 0) yield return $"Cluster:Bind{name} needs Cluster:{name}, the port at which others reach it; that is 0, a free one.";
        }
        if (DeadAfter < TimeSpan.FromSeconds(3) || DeadAfter > TimeSpan.FromMinutes(10)) yield return $"Cluster:DeadAfter must be from 3 s to 10 minutes; it is {DeadAfter}.";
        if (LeaveAfter != TimeSpan.Zero && (LeaveAfter < TimeSpan.FromSeconds(3) || LeaveAfter > TimeSpan.FromMinutes(10))) yield return $"Cluster:LeaveAfter must be from 3 s to 10 minutes, or zero; it is {LeaveAfter}.";
    }
}
