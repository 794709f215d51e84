using System.Collections.Immutable;

namespace Carillon.Nodes;

/// <summary>The nodes that hold grains, as this one sees them now. A node's name is where the others reach it, and stays the same over its restarts.</summary>
interface INodes
{
    string Self { get; }

    /// <summary>Those that take grains now, in order. Without <see cref="Self"/> while this node joins or leaves.</summary>
    ImmutableArray<string> Active { get; }

    /// <summary>Completes when the active nodes are no longer those of now.</summary>
    Task WhenChanged(CancellationToken cancel);
}
