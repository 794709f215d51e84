using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.TestKit;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>A test that needs Debian's package prometheus; .ci/run installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute()
    {
        if (PrometheusServer.Program is null) Skip = "There is no prometheus in PATH: apt-get install prometheus.";
    }
}

/// <summary>A Prometheus of our own that scrapes one address, in a temporary folder.</summary>
sealed class PrometheusServer : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-prometheus-");
    readonly HttpClient _http = new();
    Uri _address = null!;
    Process? _process;

    public static string? Program => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "prometheus")).FirstOrDefault(File.Exists);

    public static async Task<PrometheusServer> Start(Uri target, string rules)
    {
        var server = new PrometheusServer();
        await File.WriteAllTextAsync(Path.Combine(server._folder.FullName, "prometheus.yml"), $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ["{{rules}}"]
            scrape_configs:
              - job_name: carillon
                static_configs: [{targets: ["{{target.Authority}}"]}]
            """);
        // Its port cannot be asked of it, so a free one is tried, and another one if somebody was faster.
        while (!await server.Runs()) { }
        return server;
    }

    async Task<bool> Runs()
    {
        var port = Loopback.FreePort();
        _process = Process.Start(new ProcessStartInfo(Program!)
        {
            ArgumentList =
            {
                $"--config.file={_folder.FullName}/prometheus.yml", $"--storage.tsdb.path={_folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}",
                "--query.lookback-delta=1m",
            },
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
        })!;
        _address = new Uri($"http://127.0.0.1:{port}");
        var (said, ready) = (new StringBuilder(), new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        // Read to its end, or it would stand still with a full pipe.
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetResult(false);
            else if (line.Data.Contains("Server is ready", StringComparison.Ordinal)) ready.TrySetResult(true);
            else if (!ready.Task.IsCompleted) said.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        if (await ready.Task) return true;
        _process.Dispose();
        Assert.Contains("address already in use", said.ToString(), StringComparison.Ordinal);
        return false;
    }

    /// <summary>The result of a query; it fails the test if Prometheus does not understand it.</summary>
    public async Task<JsonArray> Query(string query)
    {
        using var answer = await _http.GetAsync(new Uri(_address, "/api/v1/query?query=" + Uri.EscapeDataString(query)));
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True(body["status"]!.GetValue<string>() == "success", $"{query}: {body}");
        return body["data"]!["result"]!.AsArray();
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(_address, "/api/v1/" + path)))!["data"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }
}
