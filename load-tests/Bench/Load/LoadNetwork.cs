using System.Globalization;
using Carillon.Network;

namespace Carillon.Bench.Load;

/// <summary>
/// Twenty servers and as many agents as the rate asks for when every free agent is called for by one call at a time. An agent is a member on one server and
/// free at the very end of a call, so that the network's own log tells how long each stayed without the next one.
/// </summary>
static class LoadNetwork
{
    public const int TrunkCapacity = 1000;

    const long Seed = 2026;
    const int Sample = 20_000;
    static readonly TimeSpan RingTimeout = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Lift = TimeSpan.FromSeconds(1.2);

    // From a call's end to the next one, by the pacing's own interval; makes the floor a little larger.
    static readonly TimeSpan Turnaround = TimeSpan.FromMilliseconds(100);

    // Whoever answers or refuses does so well before the ringing ends, so that every call's outcome is certain beforehand.
    static readonly FateConfig Fates = new() { ByPrefix = false, AnswerAtMost = TimeSpan.FromSeconds(25), LongTalk = TimeSpan.FromSeconds(60), LongTalkVariation = 0.4 };

    /// <param name="options">Of the load.</param>
    /// <param name="given">So many agents, whatever the rate.</param>
    public static NetworkConfig Of(LoadOptions options, int? given = null)
    {
        var agents = given ?? Agents(options);
        return new()
        {
            Seed = Seed,
            Speed = options.Speed,
            Fates = Fates,
            Servers = [.. Enumerable.Range(1, LoadOptions.Servers).Select(i => new ServerConfig
            {
                Name = $"pbx{i}",
                Trunks = [new TrunkConfig { Name = "carrier", Capacity = TrunkCapacity }],
                Queues = [.. Enumerable.Range(1, options.Campaigns).Select(q => new QueueConfig { Name = Queue(q) })],
            })],
            Agents = [.. Enumerable.Range(0, agents).Select(i => new AgentConfig
            {
                Endpoint = (90_001 + i).ToString(CultureInfo.InvariantCulture),
                Name = $"Agent {i + 1}",
                AnswerDelay = Lift,
                WrapUp = TimeSpan.Zero,
                Queues = [Queue(i / LoadOptions.Servers % options.Campaigns + 1)],
                Servers = [$"pbx{i % LoadOptions.Servers + 1}"],
            })],
        };
    }

    public static string Queue(int campaign) => $"sales{campaign}";

    /// <summary>Rate × mean time that a call holds an agent, from its own numbers' fates.</summary>
    static int Agents(LoadOptions options)
    {
        var mean = Enumerable.Range(0, Sample).Average(i => Holds(Fate.Of(Seed, NumberList.Number(i * 37)[1..], 1, Fates)).TotalSeconds) / options.Speed;
        return (int)Math.Ceiling(options.Rate * (mean + Turnaround.TotalSeconds));
    }

    static TimeSpan Holds(Fate fate)
    {
        var untilDecided = fate.DecidedAfter < TimeSpan.Zero || fate.DecidedAfter > RingTimeout ? RingTimeout : fate.DecidedAfter;
        return fate.Answers ? untilDecided + (fate.Talk < Lift ? fate.Talk : Lift + fate.Talk) : untilDecided;
    }
}
