using System.Diagnostics;
using Carillon.PacingBench;
using Carillon.PacingBench.Laws;
using Carillon.PacingBench.Runs;

var options = PacingOptions.Parse(args, out var error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(PacingOptions.Usage);
    return 2;
}

var clock = Stopwatch.StartNew();
var trials = (from setting in Plan.Of(options) from law in LawCatalog.Names where Plan.Wants(options, setting, law) select (Setting: setting, Law: law)).ToList();
var cells = new Cell[trials.Count];
var done = 0;
// The longest first, so that no core ends alone with one of them.
Parallel.ForEach(
    Enumerable.Range(0, trials.Count).OrderByDescending(i => trials[i].Setting.Dials),
    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
    i =>
    {
        var cell = cells[i] = Trial.Run(trials[i].Setting, trials[i].Law);
        lock (cells)
        {
            if (options.Json) Report.WriteJson(Console.Out, cell);
            if (!Console.IsErrorRedirected) Console.Error.Write($"\r{++done} of {trials.Count} ");
        }
    });

var output = options.Json ? Console.Error : Console.Out;
var bars = Bars.Of(cells);
Report.WriteTables(output, cells);
Report.WriteBars(output, bars);
output.WriteLine($"{clock.Elapsed.TotalSeconds:0} s, {cells.Sum(cell => cell.Dials):N0} dials");
return bars.All(bar => bar.Met) ? 0 : 1;
