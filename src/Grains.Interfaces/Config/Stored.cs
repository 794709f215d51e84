using Orleans;

namespace Carillon.Config;

/// <summary>A config as it is stored. <see cref="Version"/> grows with every change and is the ETag by which edits are guarded.</summary>
[GenerateSerializer, Immutable]
public sealed record Stored<T>([property: Id(0)] string Id, [property: Id(1)] T Config, [property: Id(2)] long Version, [property: Id(3)] DateTimeOffset ChangedAt);
