using System.Globalization;

namespace Carillon.RealNode;

/// <summary>All call records of the product, by its CSV export.</summary>
static class CallRecords
{
    public static async Task<IReadOnlyList<Recorded>> Read(NodeApi api)
    {
        using var reader = new StreamReader(await api.Calls());
        var header = (await reader.ReadLineAsync())!.TrimStart('\uFEFF').Split(',');
        int Place(string name) => Array.IndexOf(header, name);
        var (id, campaign, number, server, outcome) = (Place("id"), Place("campaign"), Place("number"), Place("server"), Place("outcome"));
        var (started, answered, bridged, ended) = (Place("startedAt"), Place("answeredAt"), Place("bridgedAt"), Place("endedAt"));
        var found = new List<Recorded>();
        // No field of ours up to the server can hold a comma.
        while (await reader.ReadLineAsync() is { } line)
        {
            var fields = line.Split(',');
            found.Add(new()
            {
                Id = fields[id],
                Campaign = fields[campaign],
                Number = fields[number],
                Server = fields[server],
                Outcome = fields[outcome],
                StartedAt = Time(fields[started])!.Value,
                EndedAt = Time(fields[ended]),
                Answered = fields[answered].Length > 0,
                Talked = fields[bridged].Length > 0,
            });
        }
        return found;
    }

    static DateTimeOffset? Time(string text) => text.Length > 0 ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
