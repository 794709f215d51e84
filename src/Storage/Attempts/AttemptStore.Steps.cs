using System.Collections.Immutable;
using System.Globalization;
using Carillon.Calls;

namespace Carillon.Storage;

/// <summary>How far the calls of one campaign came. One read of a stretch of an index, with the lead of each call where lists are asked for (docs/load.md).</summary>
public sealed partial class AttemptStore
{
    const string Picked = "(answered_at IS NOT NULL OR outcome IN ('HumanAnswered', 'Abandoned', 'Machine'))";

    const string Steps = $"""
        COUNT(*) AS attempts, SUM(CASE WHEN ringing_at IS NOT NULL OR {Picked} THEN 1 ELSE 0 END) AS rang, SUM(CASE WHEN {Picked} THEN 1 ELSE 0 END) AS pickedup,
        SUM(CASE WHEN abandoned THEN 1 ELSE 0 END) AS abandoned, COUNT(bridged_at) AS talks
        """;

    /// <summary>Calls that began in a time and have ended, by what they have in common and by their outcome, the most attempts first.</summary>
    public async Task<ImmutableArray<CallSteps>> StepsAsync(
        StepsBy by, CampaignId campaign, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel = default)
    {
        var (key, leads) = by switch
        {
            StepsBy.Attempt => ("CAST(attempt_number AS text)", ""),
            StepsBy.List => ("COALESCE(leads.list, '')", " LEFT JOIN (SELECT id, list FROM leads WHERE campaign_id = @campaign) leads ON leads.id = lead_id"),
            _ => ($"CAST(at / {SliceMicroseconds} AS text)", ""),
        };
        var rows = await database.ReadAsync(s => s.QueryAsync<StepsRow>($"""
            SELECT {key} AS key, outcome, {Steps} FROM attempts{leads}
            WHERE campaign_id = @campaign AND at >= @from AND at < @to AND ended_at IS NOT NULL
            GROUP BY {key}, outcome ORDER BY attempts DESC, {key}, outcome LIMIT @most
            """, new { campaign, from, to, most }), cancel);
        return [.. rows.Select(r => new CallSteps(r.Key, r.Outcome, r.Attempts, r.Rang, r.PickedUp, r.Abandoned, r.Talks))];
    }

    /// <summary>By the quarter of an hour in which calls began, in no order: of these the hours of every time zone can be made.</summary>
    public async Task<ImmutableArray<(DateTimeOffset At, CallSteps Steps)>> StepsByTimeAsync(
        CampaignId campaign, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default) =>
        [.. (await StepsAsync(StepsBy.Quarter, campaign, from, to, int.MaxValue, cancel))
            .Select(p => (DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(p.Key, CultureInfo.InvariantCulture) * SliceMicroseconds), p))];

    sealed class StepsRow
    {
        public string Key { get; init; } = "";
        public Outcome Outcome { get; init; }
        public long Attempts { get; init; }
        public long Rang { get; init; }
        public long PickedUp { get; init; }
        public long Abandoned { get; init; }
        public long Talks { get; init; }
    }
}

/// <summary>List: the one that the lead is in now.</summary>
public enum StepsBy { Attempt, List, Quarter }

/// <summary>Calls of one outcome that have something in common.</summary>
/// <param name="Key">The number of the attempt; the name of the list, empty for leads of none.</param>
/// <param name="Rang">Those that were picked up included, since not every trunk tells that it rings.</param>
/// <param name="PickedUp">By people and machines.</param>
/// <param name="Abandoned">Answered by people who met no agent within the limit.</param>
/// <param name="Talks">In which an agent and the customer were joined.</param>
public readonly record struct CallSteps(string Key, Outcome Outcome, long Attempts, long Rang, long PickedUp, long Abandoned, long Talks)
{
    public static CallSteps operator +(CallSteps a, CallSteps b) => a with
    {
        Attempts = a.Attempts + b.Attempts,
        Rang = a.Rang + b.Rang,
        PickedUp = a.PickedUp + b.PickedUp,
        Abandoned = a.Abandoned + b.Abandoned,
        Talks = a.Talks + b.Talks,
    };
}
