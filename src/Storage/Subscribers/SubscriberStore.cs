using System.Collections.Immutable;
using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>What the store knows of a number, over all campaigns.</summary>
public sealed record SubscriberFacts
{
    /// <summary>The call that the number is in.</summary>
    public AttemptId? OpenAttempt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    /// <summary>On the list that holds for all campaigns.</summary>
    public bool DoNotCall { get; init; }
    /// <summary>On the lists of these campaigns.</summary>
    public ImmutableHashSet<CampaignId> DoNotCallIn { get; init; } = [];

    public bool MayBeCalledFor(CampaignId campaign) => !DoNotCall && !DoNotCallIn.Contains(campaign);
}

public sealed class SubscriberStore(Database database)
{
    public Task<SubscriberFacts> FactsAsync(PhoneNumber number, CancellationToken cancel = default) => database.ReadAsync(async s =>
    {
        var lists = await s.QueryAsync<string>("SELECT campaign_id FROM do_not_call WHERE number = @number", new { number });
        return new SubscriberFacts
        {
            OpenAttempt = await s.FirstAsync<string>("SELECT id FROM attempts WHERE number = @number AND ended_at IS NULL", new { number }) is { } id ? new AttemptId(id) : null,
            LastAttemptAt = await s.FirstAsync<long?>("SELECT max(at) FROM attempts WHERE number = @number", new { number }) is { } at ? Mapping.Time(at) : null,
            DoNotCall = lists.Contains(""),
            DoNotCallIn = [.. lists.Where(c => c.Length > 0).Select(c => new CampaignId(c))],
        };
    }, cancel);
}
