using System.Globalization;
using Carillon.Network;

namespace Carillon.Chaos.Audit;

/// <summary>A promise, and what breaks it.</summary>
sealed record Promise(string Name, IReadOnlyList<string> Broken);

/// <summary>Everything that docs/design.md promises and that the network's log can refute, call by call.</summary>
static class Promises
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Records hold milliseconds.</summary>
    static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(5);

    /// <param name="imported">Leads of each campaign.</param>
    public static IEnumerable<Promise> Check(Account account, int imported) =>
    [
        .. Numbers(account), .. Limits(account), .. Records(account), .. Leads(account, imported),
    ];

    static IEnumerable<Promise> Numbers(Account a)
    {
        yield return Of("numbers in two calls at once", NetworkAudit.NumbersInTwoCalls(a.Calls));
        yield return Of("numbers called over their cap", NetworkAudit.NumbersCalledOver(a.Calls, Floor.Cap, Day));
        yield return new("numbers called again before the gap", [.. Pairs(a.Calls, c => c.Number, c => c.Placed)
            .Where(p => p.Next.Placed - p.Before.Ended < Floor.Gap).Select(p => $"{Told(p.Next)} after {Told(p.Before)}")]);
        yield return new("leads dialed again before their interval", [.. Pairs(a.Records, r => (r.Campaign, r.Number), r => r.StartedAt)
            .Where(p => p.Before.EndedAt is not { } end || p.Next.StartedAt < end + Floor.RetryInterval - Rounding).Select(p => $"{p.Next} after {p.Before}")]);
    }

    static IEnumerable<Promise> Limits(Account a)
    {
        string Campaign(CallRecord call) => a.RecordOf(call)?.Campaign ?? "?";
        yield return Of("calls over a server's channels", NetworkAudit.ChannelsOver(a.Calls, Floor.ChannelsOfServer, c => c.Server));
        yield return Of("calls over a trunk's channels", NetworkAudit.ChannelsOver(a.Calls, Floor.ChannelsOfTrunk, c => $"{c.Server} {c.Trunk}"));
        yield return Of("calls over a campaign's channels", NetworkAudit.ChannelsOver(a.Calls, Floor.ChannelsOfCampaign, Campaign));
        yield return Of("calls over a server's calls per second", NetworkAudit.RateOver(a.Calls, Floor.CallsPerSecondOfServer, c => c.Server));
        yield return Of("calls over a trunk's calls per second", NetworkAudit.RateOver(a.Calls, Floor.CallsPerSecondOfTrunk, c => $"{c.Server} {c.Trunk}"));
        yield return Of("calls over a campaign's calls per second", NetworkAudit.RateOver(a.Calls, Floor.CallsPerSecondOfCampaign, Campaign));
    }

    static IEnumerable<Promise> Records(Account a)
    {
        yield return new("calls without a record", [.. a.Calls.Where(c => a.RecordOf(c) is null).Select(Told)]);
        yield return new("records that never ended", [.. a.Records.Where(r => !r.Ended).Select(r => r.ToString())]);
        yield return new("records that ended before their call", [.. a.Both.Where(p => p.Record.EndedAt < p.Call.Ended - TimeSpan.FromSeconds(1)).Select(Told)]);
        yield return new("records without a call, and no outage that explains it", [.. a.NeverPlaced.Where(r => r.Outcome != "Unknown" || !a.MayHaveMissed(a.ServerNames[r.Server], r.StartedAt, r.StartedAt)).Select(r => r.ToString())]);
        yield return new("records Unknown, and no outage that explains it", [.. a.Both.Where(p => p.Record.Outcome == "Unknown" && !a.MayHaveMissed(p.Call.Server, p.Call.Ended ?? p.Call.Placed, p.Call.Ended ?? p.Call.Placed)).Select(Told)]);
        yield return new("Unknown for longer than 30 s", [.. UnknownFor(a).Where(u => u.Knowable > Account.Reconciled).Select(u => string.Create(CultureInfo.InvariantCulture, $"{u.Knowable.TotalSeconds:0.0} s, by the clock {u.For.TotalSeconds:0.0} s: {u.Record}"))]);
        yield return new("records that differ from the call", [.. a.Both.Where(p => Differs(a, p.Call, p.Record)).Select(Told)]);
        yield return new("talks cut short", [.. a.Calls.Where(c => IsCutShort(a, c)).Select(Told)]);
    }

    static IEnumerable<Promise> Leads(Account a, int imported)
    {
        var records = a.Records.ToLookup(r => (r.Campaign, r.Number));
        yield return new("lists that lost leads", [.. a.Leads.CountBy(l => l.Campaign).Where(c => c.Value != imported).Select(c => $"{c.Key}: {c.Value} of {imported}")]);
        yield return new("leads stuck in Dialing", [.. a.Leads.Where(l => l.Status == "Dialing").Select(l => l.ToString())]);
        yield return new("leads over their attempts", [.. a.Leads.Where(l => l.Attempts > Floor.Attempts).Select(l => l.ToString())]);
        yield return new("leads whose attempts are not their records", [.. a.Leads.Where(l => !Counts(l, [.. records[(l.Campaign, l.Number)]])).Select(l => $"{l}: {string.Join("; ", records[(l.Campaign, l.Number)])}")]);
        yield return new("leads that are not final and have no next time", [.. a.Leads.Where(l => l.NextAt is null && !IsFinal(l, [.. records[(l.Campaign, l.Number)]])).Select(l => l.ToString())]);
    }

    /// <summary>
    /// How long attempts that ended as Unknown stayed without an end: by the clock, from the end of their call or, never placed, from their intent; and how
    /// much of that the product could have known (see <see cref="Outage.IsExcuse"/>).
    /// </summary>
    public static IEnumerable<(Recorded Record, TimeSpan For, TimeSpan Knowable)> UnknownFor(Account a)
    {
        (Recorded, TimeSpan, TimeSpan) Of(Recorded record, string server, DateTimeOffset from, DateTimeOffset to) => (record, to - from, a.Outages.Knowable(server, from, to));
        foreach (var (call, record) in a.Both)
            if (record is { Outcome: "Unknown", EndedAt: { } end } && call.Ended is { } ended) yield return Of(record, call.Server, ended, end);
        foreach (var record in a.NeverPlaced)
            if (record.EndedAt is { } end) yield return Of(record, a.ServerNames[record.Server], record.StartedAt, end);
    }

    /// <summary>What an outage hid may be missing from a record, but nothing may be made up.</summary>
    static bool Differs(Account a, CallRecord call, Recorded record)
    {
        if (record.Outcome == "Unknown") return false;
        if (!a.MayHaveMissed(call.Server, call.Placed, call.Ended ?? call.Placed)) return !record.Says(call);
        var madeUp = record.Number != "+" + call.Number || record.Answered && call.Answered is null || record.Talked && call.Connected is null;
        return madeUp || !a.DiedWithServer(call) && (call.Answered is not null ? !record.Answered : record.Outcome != Recorded.OutcomeOf(call.Fate));
    }

    /// <summary>Who talked with an agent ends it by themselves, or the agent does; nobody else.</summary>
    static bool IsCutShort(Account a, CallRecord call)
    {
        if (call is not { Connected: { } connected, Ended: { } ended } || a.DiedWithServer(call)) return false;
        var fate = Fate.Of(a.Seed, call.Number, call.Attempt, Floor.Fates);
        return ended - connected < fate.Talk / a.Speed - TimeSpan.FromSeconds(0.1);
    }

    /// <summary>An attempt that a failing trunk lost is not counted, though recorded.</summary>
    static bool Counts(AuditedLead lead, IReadOnlyList<Recorded> records) =>
        lead.Attempts <= records.Count && records.Count <= lead.Attempts + records.Count(r => r.Outcome is "Congestion" or "Failed" or "NoAnswer");

    static bool IsFinal(AuditedLead lead, IReadOnlyList<Recorded> records) =>
        lead.Status is "Answered" or "Completed" or "Excluded" || lead.Status == "Unanswered" && (lead.Attempts >= Floor.Attempts || records.Any(r => r.Outcome == "InvalidNumber"));

    static IEnumerable<(T Before, T Next)> Pairs<T, TKey>(IEnumerable<T> all, Func<T, TKey> key, Func<T, DateTimeOffset> at) =>
        all.GroupBy(key).SelectMany(group =>
        {
            var ordered = group.OrderBy(at).ToList();
            return ordered.Zip(ordered.Skip(1));
        });

    static Promise Of(string name, IReadOnlyList<Violation> violations) => new(name, [.. violations.Select(v => v.ToString())]);

    static string Told((CallRecord Call, Recorded Record) pair) => $"{pair.Record} of {Told(pair.Call)}";

    static string Told(CallRecord call) => string.Create(CultureInfo.InvariantCulture,
        $"call {Account.AttemptOf(call)} to {call.Number} on {call.Server}, {call.Fate}, placed {call.Placed:HH:mm:ss.fff}, answered {call.Answered:HH:mm:ss.fff}, agent {call.Connected:HH:mm:ss.fff}, ended {call.Ended:HH:mm:ss.fff}");
}
