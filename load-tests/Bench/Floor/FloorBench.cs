using Carillon.Bench.Load;
using Carillon.Network;

namespace Carillon.Bench.Floor;

/// <summary>
/// The pacing bench's standard world in real time and through the whole product: a real node in this process dials predictively over two simulated servers, and what its
/// agents and callers met is read from the network, not from the product. The same time on the pacing bench's floor is told beside it.
/// </summary>
sealed class FloorBench(FloorOptions options)
{
    static readonly TimeSpan AbandonAfter = TimeSpan.FromSeconds(2);
    static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Slice = TimeSpan.FromMinutes(5);

    readonly Figures _figures = new(options.Json, ("agents", options.Agents), ("answer", options.Answer), ("seconds", options.For.TotalSeconds), ("speed", options.Speed));
    readonly TimeProvider _clock = options.Speed > 1 ? new FastClock(options.Speed) : TimeProvider.System;

    public static async Task<int> RunAsync(string[] args)
    {
        if (FloorOptions.Read(args) is { } options) return await new FloorBench(options).Run();
        Console.Error.WriteLine(FloorOptions.Usage);
        return 2;
    }

    async Task<int> Run()
    {
        await using var node = await MeasuredNode.Start("carillon-floor-", World(), options.Data, options.Port, _clock);
        var (network, api) = (node.Network, node.Api);
        var campaign = await LoadSetup.OneCampaign(api, network, "floor", "Predictive");
        // As many as can be dialed, and half as many again.
        var leads = (int)(options.Agents * (options.For + options.WarmUp).TotalSeconds / 100 / options.Answer * 1.5) + 1000;
        await api.Import<ImportReport>(campaign, NumberList.Csv(0, leads));
        await api.Post<Commanded>($"campaigns/{campaign}/start");
        Console.Error.WriteLine($"{options.Agents} agents, {leads} leads; {options.WarmUp.TotalSeconds:0} s to learn, {options.For.TotalSeconds:0} s measured.");
        await Measure(network, api, campaign, options.WarmUp);
        var from = _clock.GetUtcNow();
        var utilisation = await Measure(network, api, campaign, options.For);
        var to = _clock.GetUtcNow();
        await api.Post<Commanded>($"campaigns/{campaign}/stop");
        Report(network, from, to, utilisation);
        Compare("the bench's floor", queueLook: 0);
        Compare("the bench's floor, callers looking for agents once a second as in app_queue", queueLook: 1);
        return 0;
    }

    /// <summary>The standard world of the pacing bench: answers, delays, talks and wrap-ups as there; phones of agents answer by themselves.</summary>
    NetworkConfig World() => NetworkConfig.Of(servers: 2, agents: options.Agents) with
    {
        Fates = FateConfig.Blank with
        {
            Human = options.Answer,
            NoAnswer = (1 - options.Answer) * 0.8,
            // Refused after some seconds.
            Rejected = (1 - options.Answer) * 0.2,
            RingingAfter = TimeSpan.Zero,
            Patience = TimeSpan.FromMinutes(1),
        },
        Agents = [.. NetworkConfig.Of(2, options.Agents).Agents.Select(a => a with { AnswerDelay = TimeSpan.Zero })],
    };

    /// <summary>Measures in slices, and says what each was like: how fast the campaign learns is seen from them.</summary>
    /// <returns>The share of the time that agents were in a call or in wrap-up.</returns>
    async Task<double> Measure(TelephoneNetwork network, NodeApi api, string campaign, TimeSpan duration)
    {
        var busy = 0.0;
        for (var left = duration; left > TimeSpan.Zero; left -= Slice)
        {
            var slice = left < Slice ? left : Slice;
            var from = _clock.GetUtcNow();
            var share = await Measure(network, slice);
            busy += share * (slice / duration);
            var (answered, abandoned, dials) = Calls(network, from, _clock.GetUtcNow());
            var pace = await api.Get<Pace>($"campaigns/{campaign}/pace");
            Console.Error.WriteLine($"{share:P1} busy, {dials} dials, {answered} answered, {abandoned} abandoned. {pace.Now?.Why}");
        }
        return busy;
    }

    async Task<double> Measure(TelephoneNetwork network, TimeSpan duration)
    {
        var (free, samples) = (0L, 0L);
        var until = _clock.GetUtcNow() + duration;
        using var timer = new PeriodicTimer(SampleInterval, _clock);
        while (_clock.GetUtcNow() < until && await timer.WaitForNextTickAsync())
        {
            free += network.Agents.Count(a => a.IsFree);
            samples += network.Agents.Count;
        }
        return samples == 0 ? 0 : 1 - (double)free / samples;
    }

    void Report(TelephoneNetwork network, DateTimeOffset from, DateTimeOffset to, double utilisation)
    {
        var (answered, abandoned, dials) = Calls(network, from, to);
        Figure("utilisation", utilisation * 100, "%");
        Figure("abandoned", answered == 0 ? 0 : 100.0 * abandoned / answered, "% of answered");
        Figure("answered by people", answered, "calls");
        Figure("dials", dials, "calls");
    }

    static (int Answered, int Abandoned, int Dials) Calls(TelephoneNetwork network, DateTimeOffset from, DateTimeOffset to)
    {
        var answered = network.Log.Calls.Where(c => c.Answered >= from && c.Answered < to).ToList();
        var abandoned = answered.Count(c => c.Connected is { } met ? met - c.Answered > AbandonAfter : c.Ended - c.Answered >= AbandonAfter);
        return (answered.Count, abandoned, network.Log.Calls.Count(c => c.Placed >= from && c.Placed < to));
    }

    void Compare(string name, double queueLook)
    {
        var days = BenchHour.Run(options, queueLook);
        Figure($"{name}: utilisation", days.Average(d => d.Utilisation) * 100, $"% (mean of {days.Count} seeds)");
        Figure($"{name}: utilisation, lowest", days.Min(d => d.Utilisation) * 100, "%");
        Figure($"{name}: utilisation, highest", days.Max(d => d.Utilisation) * 100, "%");
        Figure($"{name}: abandoned", days.Average(d => d.AbandonmentRate) * 100, "% of answered");
    }

    void Figure(string name, double value, string unit) => _figures.Add(name, value, unit);

    sealed record Pace(PaceNow? Now);

    sealed record PaceNow(string Why);
}
