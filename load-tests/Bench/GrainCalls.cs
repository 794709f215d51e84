using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Bench;

public interface IEchoGrain : IGrainWithStringKey
{
    ValueTask<int> Echo(int value);

    /// <summary>Calls the other grain so many times, one after the other.</summary>
    Task CallInTurn(string other, int calls);
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    public ValueTask<int> Echo(int value) => new(value);

    public async Task CallInTurn(string other, int calls)
    {
        var echo = GrainFactory.GetGrain<IEchoGrain>(other);
        for (var i = 0; i < calls; i++) await echo.Echo(i);
    }
}

/// <summary>Verb <c>grains</c>: calls per second through the grain host that this was built with, in one process.</summary>
static class GrainCalls
{
    static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        Console.WriteLine($"{typeof(Grain).Assembly.GetName().Name}, {Environment.ProcessorCount} processors, .NET {Environment.Version}");
        await ReportAsync("one caller, one grain, call after call", 1, grains, 1);
        await ReportAsync("100 callers, 100 grains", 100, grains, 100);
        await ReportAsync("100 callers, one grain", 100, grains, 1);
        await ReportBetweenGrainsAsync(grains);
        await host.StopAsync();
        return 0;
    }

    static async Task ReportAsync(string name, int callers, IGrainFactory grains, int targets)
    {
        await CallAsync(TimeSpan.FromSeconds(2));
        var cost = Cost.Start();
        cost.Print(name, await CallAsync(Measured));

        async Task<long> CallAsync(TimeSpan span)
        {
            var until = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
            var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
            {
                var echo = grains.GetGrain<IEchoGrain>($"{caller % targets}");
                long made = 0;
                while (Stopwatch.GetTimestamp() < until)
                {
                    await echo.Echo(1);
                    made++;
                }
                return made;
            })));
            return done.Sum();
        }
    }

    static async Task ReportBetweenGrainsAsync(IGrainFactory grains)
    {
        const int Pairs = 50, Calls = 10_000;
        await RunPairs();
        var cost = Cost.Start();
        await RunPairs();
        cost.Print("50 grains call 50 others", Pairs * Calls);

        Task RunPairs() => Task.WhenAll(Enumerable.Range(0, Pairs).Select(i => grains.GetGrain<IEchoGrain>($"from {i}").CallInTurn($"to {i}", Calls)));
    }

    // Processor time tells the hosts apart also on a machine that does other work meanwhile.
    readonly record struct Cost(long Started, TimeSpan Processor, long Allocated)
    {
        public static Cost Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());

        public void Print(string name, long calls)
        {
            var processor = (Environment.CpuUsage.TotalTime - Processor).TotalMicroseconds / calls;
            var bytes = (double)(GC.GetTotalAllocatedBytes() - Allocated) / calls;
            var perSecond = calls / Stopwatch.GetElapsedTime(Started).TotalSeconds;
            Console.WriteLine($"{name,-40} {perSecond,11:N0} calls/s {processor,7:N2} us processor/call {bytes,7:N0} bytes/call");
        }
    }
}
