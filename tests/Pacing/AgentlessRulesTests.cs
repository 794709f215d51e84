using FsCheck;
using FsCheck.Fluent;

namespace Carillon.Pacing;

public class AgentlessRulesTests
{
    static PacingSnapshot Snapshot(int calls, int lines = int.MaxValue, int leads = int.MaxValue, bool open = true) =>
        new() { ScheduleOpen = open, AgentsLoggedIn = 0, AgentsFree = 0, CampaignCalls = calls, LinesLeft = lines, LeadsDue = leads };

    [Theory]
    [InlineData(0, int.MaxValue, int.MaxValue, 10, LimitingFactor.Channels)]
    [InlineData(7, int.MaxValue, int.MaxValue, 3, LimitingFactor.Channels)]
    [InlineData(12, int.MaxValue, int.MaxValue, 0, LimitingFactor.Channels)]
    [InlineData(2, 5, int.MaxValue, 5, LimitingFactor.Lines)]
    [InlineData(2, 5, 1, 1, LimitingFactor.Leads)]
    [InlineData(2, int.MaxValue, 0, 0, LimitingFactor.Leads)]
    public void As_many_calls_as_channels_lines_and_leads_allow_and_no_agents_are_needed(int calls, int lines, int leads, int expected, LimitingFactor factor)
    {
        var decision = AgentlessRules.Decide(Snapshot(calls, lines, leads), new() { Channels = 10 });

        Assert.Equal((expected, factor), (decision.Calls, decision.LimitedBy));
        Assert.EndsWith(expected == 0 ? "place none." : $"place {expected}.", decision.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_placed_while_the_schedule_is_closed() =>
        Assert.Equal((0, LimitingFactor.Schedule), AgentlessRules.Decide(Snapshot(0, open: false), new() { Channels = 10 }) is var d ? (d.Calls, d.LimitedBy) : default);

    [Fact]
    public void Never_over_channels_lines_or_leads() => Prop.ForAll<int, int, int>((calls, lines, leads) =>
    {
        var channels = Math.Abs(lines - leads) % 50 + 1;
        var decision = AgentlessRules.Decide(Snapshot(calls, lines, leads), new() { Channels = channels });
        return decision.Calls >= 0 && decision.Calls <= Math.Max(0, channels - Math.Max(0, calls)) && decision.Calls <= Math.Max(0, lines) && decision.Calls <= Math.Max(0, leads);
    }).QuickCheckThrowOnFailure();
}
