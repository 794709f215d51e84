using System.Collections.Immutable;
using Carillon.Storage;

namespace Carillon.Api.Statistics;

public enum StatisticsBy { Campaign, Agent, Hour, Day, Trunk, CallerId }

/// <param name="Total">Of all rows.</param>
/// <param name="More">There are more groups than are told; the others have fewer attempts.</param>
sealed record StatisticsAnswer(StatisticsBy By, DateTimeOffset From, DateTimeOffset To, StatisticsRow Total, ImmutableArray<StatisticsRow> Rows, bool More);

/// <summary>What became of calls that have something in common.</summary>
public sealed record StatisticsRow
{
    /// <summary>The id of the campaign, agent or trunk; the caller ID; 0 to 23; the date. Null: the calls have none.</summary>
    public string? Key { get; init; }
    /// <summary>For people.</summary>
    public string? Name { get; init; }
    public long Attempts { get; init; }
    /// <summary>By people, those that were abandoned included.</summary>
    public long Answered { get; init; }
    /// <summary>Of all attempts; null if there are none.</summary>
    public double? AnswerRate { get; init; }
    public long Abandoned { get; init; }
    /// <summary>Of those that people answered; null if there are none.</summary>
    public double? AbandonRate { get; init; }
    /// <summary>Calls in which an agent and the customer were joined.</summary>
    public long Talks { get; init; }
    public TimeSpan Talk { get; init; }
    /// <summary>Null: no talk.</summary>
    public TimeSpan? MeanTalk { get; init; }
    /// <summary>How agents spent their time, over all campaigns and other calls. By agent, hour and day only; null: nobody was at work, or hours and days of single campaigns were asked for.</summary>
    public WorkTime? Work { get; init; }

    public static StatisticsRow Of(CallSums sums, string? name) => new()
    {
        Key = sums.Key,
        Name = name,
        Attempts = sums.Attempts,
        Answered = sums.Answered,
        AnswerRate = Share(sums.Answered, sums.Attempts),
        Abandoned = sums.Abandoned,
        AbandonRate = Share(sums.Abandoned, sums.Answered),
        Talks = sums.Talks,
        Talk = sums.Talk,
        MeanTalk = sums.Talks == 0 ? null : sums.Talk / sums.Talks,
    };

    static double? Share(long part, long all) => all == 0 ? null : (double)part / all;
}
