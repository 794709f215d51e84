using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Carillon.Nodes;

/// <summary>Placed on the node that <see cref="ServerPlaces"/> says.</summary>
[GenerateSerializer, Immutable]
sealed class ServerPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
sealed class ServerPlacementAttribute() : PlacementAttribute(new ServerPlacement());
