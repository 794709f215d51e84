using Carillon.Bench;
using Carillon.Bench.Floor;
using Carillon.Bench.Load;
using Carillon.Bench.Storage;

return args switch
{
    ["ami", .. var rest] => await BenchOptions.Run(rest, ["--for"], AmiBench.RunAsync) ?? Usage(),
    ["floor", .. var rest] => await FloorBench.RunAsync(rest),
    ["load", .. var rest] => await LoadBench.RunAsync(rest),
    ["import", .. var rest] => await BenchOptions.Run(rest, ["--lines"], ImportBench.RunAsync) ?? Usage(),
    ["storage", .. var rest] => await BenchOptions.Run(rest, ["--for", "--callers"], WriteBench.RunAsync) ?? Usage(),
    ["grains"] => await GrainCalls.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "bench ami [--for 10s] [--json] | bench import [--lines 1000000] [--json] | bench storage [--for 10s] [--callers 64] [--json] | bench grains | " + FloorOptions.Usage + " | " + LoadOptions.Usage);
    return 2;
}
