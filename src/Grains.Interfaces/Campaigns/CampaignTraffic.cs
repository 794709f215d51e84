using Carillon.Config;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>How much a campaign takes of what it shares with others.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignTraffic
{
    public const int MostShare = 100;
    public const double MostCallsPerSecond = 1000;

    /// <summary>
    /// Its weight among the campaigns that want the same agents at the same time: with 3 it gets three agents while one with 1 gets one. What a campaign does not use,
    /// the others have. Default 1; 1 to 100.
    /// </summary>
    [Id(0)] public int Share { get; init; } = 1;

    /// <summary>At most so many calls of this campaign are started in any second, over all servers; 0.5 is one in two seconds. Null, the default: as many as trunks and servers allow.</summary>
    [Id(1)] public double? CallsPerSecond { get; init; }

    public IEnumerable<ConfigProblem> Validate(string path)
    {
        if (Share is < 1 or > MostShare) yield return new($"{path}.share", $"A share must be from 1 to {MostShare}, not {Share}.");
        if (CallsPerSecond is { } rate && !(rate is >= 0.01 and <= MostCallsPerSecond))
            yield return new($"{path}.callsPerSecond", FormattableString.Invariant($"Calls per second must be from 0.01 to {MostCallsPerSecond}, not {rate}."));
    }
}
