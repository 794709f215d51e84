using Carillon.Bench;
using Carillon.Bench.Floor;
using Carillon.Bench.Load;
using Carillon.Bench.Reactions;
using Carillon.Bench.Storage;
using Carillon.Bench.Wallboards;

try
{
    return await Measure(args);
}
catch (NodeRefused refused)
{
    foreach (var sentence in refused.Message.Split('\n')) Console.Error.WriteLine(sentence.StartsWith("carillon:", StringComparison.Ordinal) ? sentence : $"carillon: {sentence}");
    return 1;
}

static async Task<int> Measure(string[] args) => args switch
{
    ["ami", .. var rest] => await BenchOptions.Run(rest, ["--for"], AmiBench.RunAsync) ?? Usage(),
    ["floor", .. var rest] => await FloorBench.RunAsync(rest),
    ["reactions", .. var rest] => await ReactionBench.RunAsync(rest),
    ["load", .. var rest] => await LoadBench.RunAsync(rest),
    ["wallboard", .. var rest] => await WallboardBench.RunAsync(rest),
    ["import", .. var rest] => await BenchOptions.Run(rest, ["--lines", "--data", "--port"], ImportBench.RunAsync) ?? Usage(),
    ["pages", .. var rest] => await BenchOptions.Run(rest, ["--lines", "--data"], PageBench.RunAsync) ?? Usage(),
    ["sums", .. var rest] => await BenchOptions.Run(rest, ["--lines", "--data"], SumsBench.RunAsync) ?? Usage(),
    ["storage", .. var rest] => await BenchOptions.Run(rest, ["--for", "--callers", "--data"], WriteBench.RunAsync) ?? Usage(),
    ["grains"] => await GrainCalls.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "bench ami [--for 10s] [--json] | bench import [--lines 1000000] [--data FOLDER] [--port 0] [--json] | bench pages [--lines 1000000] [--data FOLDER] [--json] | bench sums [--lines 1000000] [--data FOLDER] [--json] | bench storage [--for 10s] [--callers 64] [--data FOLDER] [--json] | bench grains | " + FloorOptions.Usage + " | " + ReactionOptions.Usage + " | " + LoadOptions.Usage + " | " + WallboardOptions.Usage);
    return 2;
}
