using System.Diagnostics;
using System.Net;
using Carillon.Api.Health;
using Carillon.Api.Problems;
using Carillon.Api.Tests.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

/// <summary>Who may read what is for monitoring.</summary>
public sealed class MonitoringAccessTests(OwnDoor node) : IClassFixture<OwnDoor>
{
    [Theory]
    [InlineData("", "127.0.0.1", null, true)]
    [InlineData("", "10.1.2.3", null, false)]
    [InlineData("10.1.0.0/16 fd00::/8", "10.1.2.3", null, true)]
    [InlineData("10.1.0.0/16 fd00::/8", "::ffff:10.1.2.3", null, true)]
    [InlineData("10.1.0.0/16 fd00::/8", "fd00::7", null, true)]
    [InlineData("10.1.0.0/16 fd00::/8", "10.2.2.3", null, false)]
    [InlineData("10.1.0.0/16", "10.1.2.3", "X-Forwarded-For", false)]
    [InlineData("0.0.0.0/0 ::/0", "10.1.2.3", "X-Original-For", false)]
    [InlineData("", "127.0.0.1", "Via", false)]
    public async Task Callers_on_this_machine_and_from_named_networks_are_welcome_unless_a_proxy_passed_them_on(string networks, string caller, string? passedOnBy, bool welcome)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(caller) } };
        if (passedOnBy is not null) http.Request.Headers[passedOnBy] = "203.0.113.7";
        var filter = new LocalCallersOnly(Options.Create(new ApiOptions { MetricsTo = networks }));
        var asked = filter.InvokeAsync(EndpointFilterInvocationContext.Create(http), _ => ValueTask.FromResult<object?>("here")).AsTask();
        if (welcome) Assert.Equal("here", await asked);
        else Assert.Equal(StatusCodes.Status403Forbidden, (await Assert.ThrowsAsync<Refusal>(() => asked)).Status);
    }

    [Theory]
    [InlineData("/health/live", true)]
    [InlineData("/health/ready", true)]
    [InlineData("/api/v1/session", false)]
    public async Task The_health_check_of_the_image_and_the_chart_tells_whether_the_node_answers(string path, bool good) =>
        Assert.Equal(good ? 0 : 1, await Answers(path, node.Address.Port));

    [Fact]
    public async Task The_health_check_fails_where_nobody_listens() => Assert.NotEqual(0, await Answers("/health/live", TestKit.Loopback.FreePort()));

    static async Task<int> Answers(string path, int port)
    {
        using var check = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Deploy.Folder, "answers.sh"), path, $"{port}"]) { RedirectStandardError = true })!;
        await check.WaitForExitAsync();
        return check.ExitCode;
    }
}
