using System.Runtime.Versioning;
using Carillon.Chaos;

// Processes are killed and stopped by signals.
[assembly: UnsupportedOSPlatform("windows")]

if (ChaosOptions.Read(args) is not { } options)
{
    await Console.Error.WriteLineAsync(ChaosOptions.Usage);
    return 2;
}
try
{
    var verdict = await new ChaosRun(options, Console.Error.WriteLine).Run();
    Report.Write(verdict, new Figures(options.Json, ("seed", options.Seed), ("storage", options.Storage), ("speed", options.Speed)));
    if (verdict.Kept) return 0;
    foreach (var promise in verdict.Promises.Where(p => p.Broken.Count > 0))
        foreach (var broken in promise.Broken.Take(10)) await Console.Error.WriteLineAsync($"{promise.Name}: {broken}");
    await Console.Error.WriteLineAsync(verdict.Log);
    return 1;
}
catch (NodeRefused refused)
{
    await Console.Error.WriteLineAsync($"carillon: {refused.Message}");
    return 1;
}
