using Carillon.Demo;

namespace Carillon.Bench.Load;

/// <summary>All call records of the product, by its CSV export.</summary>
static class CallRecords
{
    public static async Task<IReadOnlyList<Recorded>> Read(NodeApi api)
    {
        using var reader = new StreamReader(await api.Calls());
        var header = (await reader.ReadLineAsync())!.TrimStart('\uFEFF').Split(',');
        var (id, number, outcome) = (Array.IndexOf(header, "id"), Array.IndexOf(header, "number"), Array.IndexOf(header, "outcome"));
        var (answered, bridged, ended) = (Array.IndexOf(header, "answeredAt"), Array.IndexOf(header, "bridgedAt"), Array.IndexOf(header, "endedAt"));
        var found = new List<Recorded>();
        // No field of ours before the outcome can hold a comma.
        while (await reader.ReadLineAsync() is { } line)
        {
            var fields = line.Split(',');
            found.Add(new(fields[id], fields[number], fields[outcome], fields[ended].Length > 0, fields[answered].Length > 0, fields[bridged].Length > 0));
        }
        return found;
    }
}
