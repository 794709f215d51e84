using Carillon.Calls;
using Carillon.Leads;
using Carillon.Numbers;
using Carillon.Storage;

namespace Carillon.Api.Tests;

/// <summary>Calls as they stand in the store when their grains are through with them.</summary>
static class CallRecords
{
    static int _numbers;

    public static async Task<Attempt> Ended(TestNode node, string campaign, Outcome outcome, string agent, string? reason = null, string list = "")
    {
        var number = new PhoneNumber($"+7495{Interlocked.Increment(ref _numbers):0000000}");
        var lead = await node.Service<LeadStore>().AddAsync(new(campaign), number, place: LeadPlace.Default with { List = list });
        var now = node.Time.GetUtcNow();
        var intent = new AttemptIntent
        {
            Id = AttemptId.New(now),
            Campaign = new(campaign),
            LeadId = lead!.Id,
            Number = number,
            Server = new("s"),
            Trunk = new("t"),
            Queue = new("q"),
            At = now,
            AttemptNumber = 1,
        };
        var store = node.Service<AttemptStore>();
        Assert.Equal(BeginResult.Begun, Assert.Single(await store.BeginAsync([intent])));
        var ended = new Attempt
        {
            Intent = intent,
            AnsweredAt = now,
            BridgedAt = now,
            EndedAt = now.AddSeconds(42),
            Outcome = outcome,
            Agent = new(agent),
            Reason = new() { Cause = 16, Text = reason },
        };
        Assert.True(await store.CompleteAsync(ended, (_, _) => new() { Status = LeadStatus.Answered, AttemptsSinceAnswer = 1 }));
        return ended;
    }
}
