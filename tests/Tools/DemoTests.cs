namespace Carillon.Tools.Tests;

// Each is a class of its own, so that they run side by side.

public sealed class DemoForATimeTests
{
    [Fact]
    public async Task After_its_time_the_demo_lets_calls_end_says_what_was_done_and_ends_with_0()
    {
        await using var run = new DemoRun("--for", "3s");
        await run.EndsWell();
    }
}

public sealed class DemoInterruptedTests
{
    [Fact]
    public async Task At_Ctrl_C_the_demo_lets_every_call_end_says_what_was_done_and_ends_with_0()
    {
        await using var run = new DemoRun();
        await run.UntilCallsRing();
        run.Demo.Interrupt();
        await run.EndsWell();
        run.ShowsItsProgress();
        run.SaysThatCallsEnded();
        Assert.DoesNotContain("still running", run.Demo.Said, StringComparison.Ordinal);
    }
}
