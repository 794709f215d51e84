using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;
using Carillon.Numbers;

namespace Carillon.Storage.Tests;

/// <summary>What every suite stands on: an open database, its stores, and a clock that the test sets.</summary>
public abstract class StoreSuite(TestStore store) : IAsyncLifetime
{
    protected static readonly CampaignId Campaign = new("spring");
    protected static readonly CampaignId OtherCampaign = new("autumn");
    protected static readonly ServerId Server = new("east");

    protected Clock Time { get; } = new();
    protected TestStore Store => store;
    protected Database Db { get; private set; } = null!;
    protected LeadStore Leads { get; private set; } = null!;
    protected AttemptStore Attempts { get; private set; } = null!;
    protected DoNotCallStore DoNotCall { get; private set; } = null!;
    protected DateTimeOffset Now => Time.GetUtcNow();

    public async Task InitializeAsync()
    {
        await store.CreateAsync();
        Db = store.Open(Time);
        (Leads, Attempts, DoNotCall) = (new(Db), new(Db), new(Db));
    }

    public async Task DisposeAsync()
    {
        await Db.DisposeAsync();
        await store.DisposeAsync();
    }

    protected static PhoneNumber Number(long n) => new($"+7495{n:D7}");

    protected async Task<Lead> AddLeadAsync(long number, CampaignId? campaign = null) => (await Leads.AddAsync(campaign ?? Campaign, Number(number)))!;

    protected AttemptIntent Intent(Lead lead, ServerId? server = null) => new()
    {
        Id = AttemptId.New(Now),
        Campaign = lead.Campaign,
        LeadId = lead.Id,
        Number = lead.Number,
        Server = server ?? Server,
        Trunk = new("carrier"),
        Queue = new("sales"),
        At = Now,
        AttemptNumber = lead.Attempts + 1,
        AttemptsSinceAnswer = lead.AttemptsSinceAnswer,
    };

    protected async Task<AttemptIntent> BeginAsync(Lead lead)
    {
        var intent = Intent(lead);
        Assert.Equal([BeginResult.Begun], await TryBeginAsync(intent));
        return intent;
    }

    protected async Task<BeginResult[]> TryBeginAsync(params AttemptIntent[] intents) => [.. await Attempts.BeginAsync(intents)];

    protected Attempt Ended(AttemptIntent intent, Outcome outcome = Outcome.NoAnswer) =>
        new() { Intent = intent, EndedAt = Now, Outcome = outcome, Reason = new() { Cause = 19, DialStatus = "NOANSWER" } };

    /// <summary>A call of a new lead that has ended, at the moment at which it began.</summary>
    protected async Task<Attempt> RecordAsync(long number, CampaignId campaign, Outcome outcome, AgentId? agent = null)
    {
        var record = Ended(await BeginAsync(await AddLeadAsync(number, campaign)), outcome) with { Agent = agent };
        Assert.True(await Attempts.CompleteAsync(record, new LeadChange { Status = LeadStatus.Completed, AttemptsSinceAnswer = 0 }));
        return record;
    }

    protected async Task<Lead> ReadAsync(Lead lead) => (await Leads.GetAsync(lead.Id))!;

    /// <summary>What the counts must be, from the rows themselves.</summary>
    protected async Task<ImmutableDictionary<LeadStatus, long>> CountRowsAsync(CampaignId campaign)
    {
        var all = await Leads.ListAsync(campaign, new() { Limit = 100_000 });
        return all.GroupBy(l => l.Status).ToImmutableDictionary(g => g.Key, g => (long)g.Count());
    }

    protected async Task CountsMatchRowsAsync(CampaignId campaign)
    {
        var rows = await CountRowsAsync(campaign);
        var counts = await Leads.CountByStatusAsync(campaign);
        Assert.Equal(rows.OrderBy(r => r.Key), counts.OrderBy(c => c.Key));
        var left = (await Leads.ListAsync(campaign, new() { Limit = 100_000 })).Count(l => l.NextAt is not null);
        Assert.Equal(left, await Leads.LeadsLeftAsync(campaign));
    }
}

/// <summary>Stands still until it is set; its timers are real, as the pauses between retries are.</summary>
public sealed class Clock : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}

static class AttemptStoreTests
{
    /// <summary>Ends an attempt whose lead becomes what the test says, whatever the lead is.</summary>
    public static Task<bool> CompleteAsync(this AttemptStore attempts, Attempt ended, LeadChange change) => attempts.CompleteAsync(ended, (_, _) => change);
}
