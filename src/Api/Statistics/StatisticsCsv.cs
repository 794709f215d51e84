using System.Globalization;
using System.Text;
using Carillon.Api.Calls;

namespace Carillon.Api.Statistics;

static class StatisticsCsv
{
    static readonly string[] Header = ["key", "name", "attempts", "answered", "answerRate", "abandoned", "abandonRate", "talks", "talkSeconds", "meanTalkSeconds"];

    public static async Task Write(Stream body, StatisticsAnswer answer, CsvForm form, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(form.ByteOrderMark), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(form.Separator, Header));
        foreach (var row in answer.Rows) await writer.WriteLineAsync(string.Join(form.Separator, Fields(row).Select(CsvText.Field)).AsMemory(), cancel);
    }

    static string?[] Fields(StatisticsRow row) =>
    [
        row.Key, row.Name, Number(row.Attempts), Number(row.Answered), Share(row.AnswerRate), Number(row.Abandoned), Share(row.AbandonRate),
        Number(row.Talks), Seconds(row.Talk), Seconds(row.MeanTalk),
    ];

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string? Share(double? share) => share?.ToString("0.####", CultureInfo.InvariantCulture);

    static string? Seconds(TimeSpan? time) => time?.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
