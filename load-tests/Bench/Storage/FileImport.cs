using System.Diagnostics;
using Carillon.Bench.Load;

namespace Carillon.Bench.Storage;

/// <summary>The way that a list takes in life: a CSV file, sent as the body of a POST to a node that is a process of its own and tells its progress meanwhile.</summary>
static class FileImport
{
    const double MiB = 1 << 20;

    /// <param name="postgres">Null: the node keeps an SQLite file.</param>
    /// <param name="lines">Of the file. The node is a new one, and so is its database.</param>
    /// <param name="options">Where to measure.</param>
    /// <param name="figures">Told the time, and what the node held before and at most.</param>
    public static async Task<TimeSpan> RunAsync(BenchStore? postgres, int lines, BenchOptions options, Figures figures)
    {
        using var folder = OwnFolder.Make("carillon-import-", options.Data);
        var (list, log) = (Path.Combine(folder.Path, "list.csv"), Path.Combine(folder.Path, "node.log"));
        await using (var made = File.Create(list)) await NumberList.Csv(0, lines).CopyToAsync(made);
        string[] storage = postgres is null ? [] : ["--storage", await postgres.AnotherAsync($"file_of_{lines}")];
        await using var node = await NodeProcess.StartAsync(["--data", folder, "--port", $"{options.Port}", .. storage], LoadSetup.Environment, log, CancellationToken.None);
        using var api = new NodeApi(node.Url);
        await LoadSetup.SignIn(api);
        var campaign = await LoadSetup.Unconnected(api);

        var before = node.PeakMemory;
        await using var file = File.OpenRead(list);
        var started = Stopwatch.GetTimestamp();
        var (report, told) = await api.ImportTold(campaign, file);
        var took = Stopwatch.GetElapsedTime(started);
        if (report.Imported != lines) throw new NodeRefused($"{report.Imported} of {lines} lines were imported.");

        var name = $"{(postgres is null ? "sqlite" : "postgres")} import of a file by REST";
        (string, object) size = ("lines of the file", lines);
        figures.Add(name, took.TotalSeconds, "s", size, ("times that progress was told", told));
        figures.Add($"{name}, node's peak memory before", before / MiB, "MiB", size);
        figures.Add($"{name}, node's peak memory", node.PeakMemory / MiB, "MiB", size);
        await node.StopAsync();
        return took;
    }
}
