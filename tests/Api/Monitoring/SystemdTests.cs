namespace Carillon.Api.Tests.Monitoring;

/// <summary>What the units of deploy/systemd forbid the node is nothing that it dies of.</summary>
public sealed class SystemdTests
{
    static readonly string Folder = Path.Combine(Deploy.Folder, "systemd");

    static ILookup<string, string> Settings(string unit) => File.ReadAllLines(unit).Where(l => l.Length > 0 && l[0] is not ('#' or '['))
        .Select(l => l.Split('=', 2)).ToLookup(p => p[0], p => p[1]);

    public static TheoryData<string> Units => [.. Directory.GetFiles(Folder, "*.service")];

    /// <summary>Without the number SIGSYS ends the process, and Restart=always begins it again, for ever.</summary>
    [Theory, MemberData(nameof(Units))]
    public void A_system_call_that_is_filtered_fails_and_does_not_end_the_node(string unit)
    {
        var settings = Settings(unit);
        Assert.True(!settings["SystemCallFilter"].Any() || settings["SystemCallErrorNumber"].Any(), $"{unit} filters system calls and names no SystemCallErrorNumber.");
    }

    /// <summary>CoreCLR calls sched_setaffinity at its start ("Failed to create CoreCLR" otherwise), which is one of @resources.</summary>
    [Theory, MemberData(nameof(Units))]
    public void System_calls_that_the_runtime_needs_are_not_filtered(string unit)
    {
        var removed = Settings(unit)["SystemCallFilter"].Where(f => f.StartsWith('~')).SelectMany(f => f[1..].Split(' '));
        Assert.Empty(removed.Intersect(["@resources", "sched_setaffinity", "@system-service", "@process", "@memlock", "mlock"]));
    }

    [Fact]
    public void The_node_is_started_again_and_given_the_time_that_leaving_takes()
    {
        var settings = Settings(Path.Combine(Folder, "carillon.service"));
        Assert.Equal("always", Assert.Single(settings["Restart"]));
        Assert.True(int.Parse(Assert.Single(settings["TimeoutStopSec"]), System.Globalization.CultureInfo.InvariantCulture) >= 30);
    }
}
