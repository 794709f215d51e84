using System.Text.RegularExpressions;
using Carillon.Api.Metrics;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Pacing;
using Carillon.Servers;
using Carillon.TestKit;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Carillon.Api.Tests.Monitoring;

[Collection(nameof(Alone))]
public sealed class CardinalityTests
{
    [Fact]
    public async Task Ten_thousand_campaigns_servers_trunks_and_calls_do_not_make_ten_thousand_series()
    {
        var exporter = new PrometheusExporter();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Carillon*").AddReader(new BaseExportingMetricReader(exporter)).Build();
        using var campaigns = new CampaignMetrics(new FakeTime());
        using var servers = new ServerMetrics();
        using var calls = new CallMetrics();
        for (var i = 0; i < 10_000; i++)
        {
            var campaign = new CampaignId($"campaign-{i}");
            campaigns.Paced(campaign, PacingMode.Predictive, new() { At = DateTimeOffset.UnixEpoch, Risk = 0.1 });
            campaigns.Decided(campaign, LimitingFactor.Leads);
            campaigns.Placed(campaign, 1);
            servers.Sent(new($"server-{i}"), null);
            servers.Answered(new($"server-{i}"), "Accepted");
            servers.Judged(new($"trunk-{i}"), TrunkResult.Reached);
            calls.Moved(null, CallState.Ringing);
        }
        var text = await exporter.Scrape(ExpositionFormat.PrometheusText, default);
        var samples = Regex.Count(text, "^carillon", RegexOptions.Multiline);
        Assert.InRange(samples, 100, 2_000);
        Assert.DoesNotContain("campaign-", text, StringComparison.Ordinal);
        Assert.Contains("carillon_trunk_results_total{result=\"Reached\",trunk=\"other\"} 9800", text, StringComparison.Ordinal);
        Assert.Contains("carillon_pacing_decisions_total{limited_by=\"Leads\",mode=\"Predictive\"} 10000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_that_decides_no_more_is_no_longer_among_those_that_run()
    {
        var exporter = new PrometheusExporter();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Carillon.Campaigns").AddReader(new BaseExportingMetricReader(exporter)).Build();
        var time = new FakeTime();
        using var campaigns = new CampaignMetrics(time);
        campaigns.Paced(new("a"), PacingMode.Progressive, new() { At = time.GetUtcNow() });
        Assert.Contains("carillon_campaigns_running{mode=\"Progressive\"} 1\n", await exporter.Scrape(ExpositionFormat.PrometheusText, default), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains("carillon_campaigns_running{mode=\"Progressive\"} 0\n", await exporter.Scrape(ExpositionFormat.PrometheusText, default), StringComparison.Ordinal);
    }
}
