using System.Diagnostics;

namespace Carillon.Api.Tests.Monitoring;

/// <summary>Which alerts fire on which series, by Prometheus' own tool.</summary>
public sealed class AlertTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-alerts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PrometheusFact]
    public Task A_server_that_no_node_holds_is_told_of_although_no_node_has_ever_held_it() => Expect("CarillonServerNotOnline", "server: pbx1",
        ("carillon_server_wanted{server=\"pbx1\",instance=\"a\"}", 1), ("carillon_server_online{server=\"pbx2\",instance=\"a\"}", 1), ("carillon_server_wanted{server=\"pbx2\",instance=\"a\"}", 1));

    [PrometheusFact]
    public Task A_server_that_one_of_the_nodes_holds_or_that_is_switched_off_is_not() => Expect("CarillonServerNotOnline", null,
        ("carillon_server_wanted{server=\"pbx1\",instance=\"a\"}", 1), ("carillon_server_wanted{server=\"pbx1\",instance=\"b\"}", 1),
        ("carillon_server_online{server=\"pbx1\",instance=\"a\"}", 0), ("carillon_server_online{server=\"pbx1\",instance=\"b\"}", 1),
        ("carillon_server_online{server=\"off\",instance=\"a\"}", 0));

    [PrometheusFact]
    public Task A_campaign_that_is_over_its_own_cap_is_told_of_whatever_the_cap_is() => Expect("CarillonAbandonment", "",
        ("carillon_pacing_abandonment_ratio{mode=\"Predictive\",instance=\"a\"}", 0.02), ("carillon_pacing_abandons_left{mode=\"Predictive\",instance=\"a\"}", -3));

    [PrometheusFact]
    public Task A_campaign_that_is_within_a_cap_of_its_own_is_not() => Expect("CarillonAbandonment", null,
        ("carillon_pacing_abandonment_ratio{mode=\"Predictive\",instance=\"a\"}", 0.05), ("carillon_pacing_abandons_left{mode=\"Predictive\",instance=\"a\"}", 12));

    /// <param name="labels">Those of the one alert that fires, beside its severity. Null: none fires.</param>
    async Task Expect(string alert, string? labels, params (string Series, double Value)[] told)
    {
        var file = Path.Combine(_folder.FullName, "alerts.yml");
        await File.WriteAllTextAsync(file, FormattableString.Invariant($$"""
            rule_files: ["{{Path.Combine(Deploy.Folder, "prometheus", "alerts.yml")}}"]
            evaluation_interval: 30s
            tests:
              - interval: 30s
                input_series:
                  {{string.Join("\n      ", told.Select(t => FormattableString.Invariant($"- {{series: '{t.Series}', values: '{t.Value}x40'}}")))}}
                promql_expr_test:
                  - expr: ALERTS{alertname="{{alert}}",alertstate="firing"}
                    eval_time: 15m
                    exp_samples: [{{(labels is null ? "" : $"{{labels: 'ALERTS{{alertname=\"{alert}\",alertstate=\"firing\",severity=\"critical\"{Label(labels)}}}', value: 1}}")}}]
            """));
        using var tool = Process.Start(new ProcessStartInfo(PrometheusServer.Tool!, ["test", "rules", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, await said + await wrong);
    }

    static string Label(string label) => label.Length == 0 ? "" : $",{label.Replace(": ", "=\"", StringComparison.Ordinal)}\"";
}
