namespace Carillon.Pacing.Tests;

public class RatioRulesTests
{
    [Theory]
    // Twice the free agents, less what rings for them already.
    [InlineData(2.0, RatioOf.FreeAgents, 5, 9, 0, 0, 10)]
    [InlineData(2.0, RatioOf.FreeAgents, 5, 9, 3, 40, 7)]
    [InlineData(1.5, RatioOf.FreeAgents, 3, 9, 0, 0, 4)]
    [InlineData(2.0, RatioOf.FreeAgents, 5, 9, 11, 0, 0)]
    // More callers wait than agents are free.
    [InlineData(2.0, RatioOf.FreeAgents, -1, 9, 0, 0, 0)]
    // So many calls for each agent at work, talks included.
    [InlineData(2.0, RatioOf.AgentsAtWork, 0, 9, 4, 10, 8)]
    [InlineData(1.25, RatioOf.AgentsAtWork, 0, 9, 4, 0, 11)]
    [InlineData(1.0, RatioOf.AgentsAtWork, 5, 9, 0, 10, 0)]
    // Only the channels limit.
    [InlineData(2.0, RatioOf.Channels, 0, 1, 50, 50, 100)]
    public void Calls_for_each_agent(double ratio, RatioOf of, int free, int atWork, int ringing, int calls, int placed) =>
        Assert.Equal(placed, RatioRules.Decide(ratio, of, free, atWork, ringing, calls, most: 100));

    [Theory]
    [InlineData(RatioOf.FreeAgents)]
    [InlineData(RatioOf.AgentsAtWork)]
    [InlineData(RatioOf.Channels)]
    public void Without_an_agent_at_work_none_and_never_more_than_there_is_room_for(RatioOf of)
    {
        Assert.Equal(0, RatioRules.Decide(3, of, free: 5, atWork: 0, ringing: 0, calls: 0, most: 100));
        Assert.Equal(4, RatioRules.Decide(3, of, free: 5, atWork: 5, ringing: 0, calls: 0, most: 4));
        Assert.Equal(0, RatioRules.Decide(3, of, free: 5, atWork: 5, ringing: 0, calls: 0, most: -1));
    }
}
