using System.Globalization;
using Carillon.Network;

namespace Carillon.Chaos;

/// <summary>
/// What is dialed and under which limits: three campaigns that differ in how they dial, on the same servers, with numbers that partly are in several lists. Limits are
/// low enough to be met all the time, and the network itself enforces none of them: it only notes.
/// </summary>
static class Floor
{
    public const int Servers = 4;
    public const int ChannelsOfServer = 10;
    public const int CallsPerSecondOfServer = 3;
    public const int ChannelsOfTrunk = 6;
    public const int CallsPerSecondOfTrunk = 2;
    public const int ChannelsOfCampaign = 14;
    public const int CallsPerSecondOfCampaign = 4;

    /// <summary>Attempts of a lead until it has answered; then none.</summary>
    public const int Attempts = 3;

    /// <summary>Calls to a number within a day, by all campaigns; and the least time from the end of one to the next.</summary>
    public const int Cap = 4;
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(15);

    public static readonly IReadOnlyList<string> Trunks = ["north", "south"];
    public static readonly IReadOnlyList<Dialing> Campaigns =
    [
        new("progressive", new { mode = "Progressive" }),
        new("agent first", new { mode = "Progressive", agentFirst = true }),
        new("predictive", new { mode = "Predictive" }),
    ];

    const int AgentsOfCampaign = 12;

    // Refused trunks would rest, and their attempts not count: that has tests of its own, and here it would blur what a lead's attempts are.
    public static readonly FateConfig Fates = new() { ByPrefix = false, AnswerAtMost = TimeSpan.FromSeconds(25), LongTalk = TimeSpan.FromSeconds(60), LongTalkVariation = 0.4, Congestion = 0, Dead = 0 };

    public static NetworkConfig Network(ChaosOptions options) => new()
    {
        Seed = options.Seed,
        Speed = options.Speed,
        Fates = Fates,
        Servers = [.. Enumerable.Range(1, Servers).Select(i => new ServerConfig
        {
            Name = $"pbx{i}",
            Trunks = [.. Trunks.Select(name => new TrunkConfig { Name = name })],
            Queues = [.. Campaigns.Select(c => new QueueConfig { Name = c.Queue })],
        })],
        Agents = [.. Campaigns.SelectMany((campaign, c) => Enumerable.Range(0, AgentsOfCampaign).Select(i => new AgentConfig
        {
            Endpoint = (9001 + c * AgentsOfCampaign + i).ToString(CultureInfo.InvariantCulture),
            Name = $"Agent {c * AgentsOfCampaign + i + 1}",
            WrapUp = TimeSpan.Zero,
            Queues = [campaign.Queue],
        }))],
    };
}

/// <param name="Pacing">What its config says beside the rest.</param>
sealed record Dialing(string Name, object Pacing)
{
    public string Queue => Name.Replace(' ', '-');
}
