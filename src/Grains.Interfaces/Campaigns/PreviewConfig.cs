using Orleans;

namespace Carillon.Campaigns;

/// <summary>How a campaign in Preview mode shows its leads to agents.</summary>
[GenerateSerializer, Immutable]
public sealed record PreviewConfig
{
    /// <summary>A lead that is shown is dialed by itself after this time. Default 30 s; 5 s to 1 hour.</summary>
    [Id(0)] public TimeSpan DialAfter { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>How long a skipped lead rests before it is shown again. Default 15 minutes; at most 366 days.</summary>
    [Id(1)] public TimeSpan SkipRest { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>A lead that was skipped so often is excluded. Default 3; 1 to 100.</summary>
    [Id(2)] public int MostSkips { get; init; } = 3;
}
