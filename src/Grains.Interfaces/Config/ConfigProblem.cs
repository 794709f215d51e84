using Orleans;

namespace Carillon.Config;

/// <summary>What is wrong with a config. <see cref="Field"/> is the path as clients write it, such as <c>unanswered.hours[2].to</c>; <see cref="Text"/> is one sentence.</summary>
[GenerateSerializer, Immutable]
public readonly record struct ConfigProblem([property: Id(0)] string Field, [property: Id(1)] string Text);
