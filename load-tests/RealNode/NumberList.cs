using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Carillon.RealNode;

/// <summary>Lists of numbers, all different over all campaigns and in no order, made while they are sent.</summary>
static class NumberList
{
    /// <summary>+7 9…, one of a billion.</summary>
    public static string Number(long index) => string.Create(CultureInfo.InvariantCulture, $"+79{index * 670_041_701L % 1_000_000_007:D9}");

    public static Stream Csv(int first, int count)
    {
        var pipe = new Pipe();
        _ = Write(pipe.Writer, first, count);
        return pipe.Reader.AsStream();
    }

    static async Task Write(PipeWriter writer, int first, int count)
    {
        await using (var text = new StreamWriter(writer.AsStream(), new UTF8Encoding(false), 64 * 1024))
        {
            await text.WriteAsync("phone;name\n");
            for (var i = first; i < first + count; i++) await text.WriteAsync($"{Number(i + 1)};Ivanov\n");
        }
        await writer.CompleteAsync();
    }
}
