using Carillon.Api.Exports;

namespace Carillon.Api.Statistics;

static class StatisticsTable
{
    static readonly string[] Header = ["key", "name", "attempts", "answered", "answerRate", "abandoned", "abandonRate", "talks", "talkSeconds", "meanTalkSeconds"];

    public static Table Of(StatisticsAnswer answer) => new("statistics", Header, answer.Rows.ToAsyncEnumerable().Select(Row));

    static object?[] Row(StatisticsRow row) =>
    [
        row.Key, row.Name, row.Attempts, row.Answered, Share(row.AnswerRate), row.Abandoned, Share(row.AbandonRate), row.Talks, Table.Seconds(row.Talk), Table.Seconds(row.MeanTalk),
    ];

    static double? Share(double? share) => share is { } part ? Math.Round(part, 4) : null;
}
