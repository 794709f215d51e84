using Carillon.Network;

namespace Carillon.Chaos.Audit;

/// <summary>What is held against each other: the network's log, the product's records and leads, and when the product could not see.</summary>
sealed class Account
{
    /// <summary>What happened so shortly before an outage may not have been noted yet: it was on its way.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(5);

    /// <summary>So long after an outage at the latest all is known again.</summary>
    public static readonly TimeSpan Reconciled = TimeSpan.FromSeconds(30);

    readonly Dictionary<string, Recorded> _records;

    /// <param name="servers">Ids of the product's servers by their names.</param>
    public Account(IReadOnlyList<CallRecord> calls, IReadOnlyList<Recorded> records, IReadOnlyList<AuditedLead> leads, Outages outages, IReadOnlyDictionary<string, string> servers, ChaosOptions options)
    {
        (Calls, Records, Leads, Outages, Speed, Seed) = (calls, records, leads, outages, options.Speed, options.Seed);
        _records = records.ToDictionary(r => r.Id, StringComparer.Ordinal);
        ServerNames = servers.ToDictionary(s => s.Value, s => s.Key, StringComparer.Ordinal);
        Both = [.. calls.Where(c => _records.ContainsKey(AttemptOf(c))).Select(c => (c, _records[AttemptOf(c)]))];
        var placed = calls.Select(AttemptOf).ToHashSet(StringComparer.Ordinal);
        NeverPlaced = [.. records.Where(r => !placed.Contains(r.Id))];
    }

    public IReadOnlyList<CallRecord> Calls { get; }
    public IReadOnlyList<Recorded> Records { get; }
    public IReadOnlyList<AuditedLead> Leads { get; }
    public Outages Outages { get; }
    public double Speed { get; }
    public long Seed { get; }
    public IReadOnlyDictionary<string, string> ServerNames { get; }

    /// <summary>Calls with their records.</summary>
    public IReadOnlyList<(CallRecord Call, Recorded Record)> Both { get; }

    /// <summary>Records of attempts that the network never saw.</summary>
    public IReadOnlyList<Recorded> NeverPlaced { get; }

    public Recorded? RecordOf(CallRecord call) => _records.GetValueOrDefault(AttemptOf(call));

    /// <summary>Ours is the customer's channel, or the agent's that the customer's is linked to.</summary>
    public static string AttemptOf(CallRecord call) => call.UniqueId.StartsWith("carillon-", StringComparison.Ordinal) ? call.UniqueId : call.LinkedId;

    /// <summary>Whether an outage may have hidden something that happened between the two.</summary>
    public bool MayHaveMissed(string server, DateTimeOffset from, DateTimeOffset to) =>
        Outages.Of(server).Any(o => o.From - OnItsWay <= to && from <= o.To.Add(o.To == DateTimeOffset.MaxValue ? TimeSpan.Zero : Reconciled));

    public bool DiedWithServer(CallRecord call) =>
        Outages.Of(call.Server).Any(o => o.EndsCalls && o.Touches(call.Ended ?? DateTimeOffset.MaxValue, call.Ended ?? DateTimeOffset.MaxValue));
}
