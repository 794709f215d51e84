using Carillon.Api.Exports;

namespace Carillon.Api.Statistics;

static class StatisticsTable
{
    static readonly string[] Calls = ["key", "name", "attempts", "answered", "answerRate", "abandoned", "abandonRate", "talks", "talkSeconds", "meanTalkSeconds"];

    static readonly string[] Work = ["atWorkSeconds", "freeSeconds", "ringingSeconds", "talkingSeconds", "wrappingUpSeconds", "pausedSeconds", "utilisation"];

    /// <summary>With agents' time where there is any.</summary>
    public static Table Of(StatisticsAnswer answer)
    {
        var hasWork = answer.Total.Work is not null;
        return new("statistics", hasWork ? [.. Calls, .. Work] : Calls, answer.Rows.ToAsyncEnumerable().Select(row => hasWork ? [.. Row(row), .. Row(row.Work)] : Row(row)));
    }

    static object?[] Row(StatisticsRow row) =>
    [
        row.Key, row.Name, row.Attempts, row.Answered, Share(row.AnswerRate), row.Abandoned, Share(row.AbandonRate), row.Talks, Table.Seconds(row.Talk), Table.Seconds(row.MeanTalk),
    ];

    static object?[] Row(WorkTime? work) =>
    [
        Table.Seconds(work?.AtWork), Table.Seconds(work?.Free), Table.Seconds(work?.Ringing), Table.Seconds(work?.Talking), Table.Seconds(work?.WrappingUp), Table.Seconds(work?.Paused), Share(work?.Utilisation),
    ];

    static double? Share(double? share) => share is { } part ? Math.Round(part, 4) : null;
}
