using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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

/// <summary>A Prometheus of our own that scrapes nodes, and knows our alerts, in a temporary folder.</summary>
sealed class PrometheusServer : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-prometheus-");
    readonly HttpClient _http = new();
    Uri _address = null!;
    Process? _process;

    public static string? Program => InPath("prometheus");

    /// <summary>Of the same package: tries alerts on series that are made up.</summary>
    public static string? Tool => InPath("promtool");

    static string? InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static async Task<PrometheusServer> Start(params Uri[] nodes)
    {
        var server = new PrometheusServer();
        await File.WriteAllTextAsync(Path.Combine(server._folder.FullName, "prometheus.yml"), $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ["{{Path.Combine(Deploy.Folder, "prometheus", "alerts.yml")}}"]
            scrape_configs:
              - job_name: carillon
                static_configs: [{targets: [{{string.Join(", ", nodes.Select(n => $"\"{n.Authority}\""))}}]}]
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

    /// <summary>Every query of the dashboards finds something in what nodes tell that have a progressive and a predictive campaign at work, and every alert is understood.</summary>
    public async Task FindsAllThatDeployAsksFor()
    {
        // Once a call has been talked and ended, every part of a node has something to tell.
        await Wait.Until(async () => (await Query("sum(carillon_call_talk_seconds_count) > 0")).Count > 0 && (await Query("sum(rate(carillon_call_talk_seconds_count[1m])) > 0")).Count > 0);
        foreach (var query in Deploy.DashboardQueries())
            await Wait.Until(async () => (await Query(query.Replace("$__rate_interval", "1m", StringComparison.Ordinal))).Count > 0, () => Task.FromResult($"Nothing is found by {query}"));

        foreach (var rule in (await Get("rules"))["groups"]!.AsArray().SelectMany(g => g!["rules"]!.AsArray()))
            Assert.True(rule!["lastError"] is null, $"{rule["name"]}: {rule["lastError"]}");
        var known = (await Get("label/__name__/values")).AsArray().Select(n => n!.GetValue<string>()).ToHashSet();
        foreach (var query in Deploy.AlertQueries())
            foreach (Match name in Deploy.MetricName().Matches(query)) Assert.Contains(name.Value, known);
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
