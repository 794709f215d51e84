namespace Carillon.RealNode;

// What we read of the API's answers; docs/api.md has them whole.

sealed record Made(string Id);

sealed record Named(string Id, NamedConfig Config);

sealed record NamedConfig(string Name);

sealed record MadeKey(string Key);

sealed record Session(string Login);

sealed record Commanded(string Status);

sealed record ImportReport(long Lines, long Imported, long Duplicates, long Invalid, IReadOnlyList<RefusedLine> InvalidLines, IReadOnlyList<int> DuplicateLines);

sealed record ImportLine(ImportReport? Report, string? Problem);

sealed record RefusedLine(int Line, string Text, string Reason);

sealed record Progress(
    string Status, Dictionary<string, long> Leads, long LeadsLeft, int Dialing, int Ringing, int Waiting, int Talking,
    Dictionary<string, long> Outcomes, int CallsPerMinute, DateTimeOffset? EstimatedEnd, string Why)
{
    public long LeadsInAll => Leads.Values.Sum();

    /// <summary>Leads that will not be dialed any more and are not being dialed.</summary>
    public long LeadsThrough => Math.Max(0, LeadsInAll - LeadsLeft - Leads.GetValueOrDefault("Dialing"));

    public int Calls => Dialing + Ringing + Waiting + Talking;
}

sealed record QueueNow(IReadOnlyList<AgentNow> Agents);

sealed record AgentNow(string Name, string Status, string State);

sealed record ServerNow(string Server, string State, string? Problem, Dictionary<string, int> Calls);
