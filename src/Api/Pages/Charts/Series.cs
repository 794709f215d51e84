using System.Globalization;
using System.Text;

namespace Carillon.Api.Pages.Charts;

/// <param name="Style">A class that colours it: <c>talk</c>, <c>ring</c>, <c>wait</c>, <c>accent</c>, <c>bad</c>.</param>
/// <param name="Values">Equally long ago from one another, the newest last; null where nothing is known.</param>
public sealed record Series(string Name, string Style, IReadOnlyList<double?> Values)
{
    public double Most => Values.Max() ?? 0;
    public double? Last => Values.LastOrDefault(v => v is not null);

    /// <summary>As the path of an SVG that is so wide and so high.</summary>
    public string Path(double width, double height, double most)
    {
        var path = new StringBuilder();
        var (step, pen) = (Values.Count > 1 ? width / (Values.Count - 1) : 0, 'M');
        for (var i = 0; i < Values.Count; i++)
        {
            if (Values[i] is not { } value)
            {
                pen = 'M';
                continue;
            }
            var y = height - (most > 0 ? Math.Min(1, value / most) * height : 0);
            path.Append(CultureInfo.InvariantCulture, $"{pen}{i * step:0.#},{y:0.#}");
            pen = 'L';
        }
        return path.ToString();
    }
}
