namespace Carillon.Network;

/// <summary>A promise that the log shows to be broken, and the call that broke it.</summary>
public sealed record Violation(string Rule, string Scope, DateTimeOffset At, CallRecord Call)
{
    public override string ToString() => $"{Rule}: {Scope} at {At:HH:mm:ss.fff} (call {Call.UniqueId} to {Call.Number})";
}

/// <summary>
/// Checks of a network's log, call by call. Each returns every violation, in the order of time; none means that the promise was kept by the calls given.
/// A call lasts from its placing to its end, the end not included.
/// </summary>
public static class NetworkAudit
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A number in two calls at the same time, on whatever servers.</summary>
    public static IReadOnlyList<Violation> NumbersInTwoCalls(IEnumerable<CallRecord> calls) =>
        ChannelsOver(calls, 1, c => c.Number, "number in two calls at once");

    /// <summary>More calls at once in a scope than allowed: a trunk, a server, everything.</summary>
    public static IReadOnlyList<Violation> ChannelsOver(IEnumerable<CallRecord> calls, int limit, Func<CallRecord, string> scope) =>
        ChannelsOver(calls, limit, scope, $"more than {limit} calls at once");

    static IReadOnlyList<Violation> ChannelsOver(IEnumerable<CallRecord> calls, int limit, Func<CallRecord, string> scope, string rule) => Collect(calls, scope, (key, group) =>
    {
        var found = new List<Violation>();
        var ends = new PriorityQueue<CallRecord, DateTimeOffset>();
        foreach (var call in group)
        {
            while (ends.TryPeek(out _, out var end) && end <= call.Placed) ends.Dequeue();
            ends.Enqueue(call, call.Ended ?? DateTimeOffset.MaxValue);
            if (ends.Count > limit) found.Add(new(rule, key, call.Placed, call));
        }
        return found;
    });

    /// <summary>More calls placed in a scope within any one second than allowed. The second slides; both of its ends do not count.</summary>
    public static IReadOnlyList<Violation> RateOver(IEnumerable<CallRecord> calls, int perSecond, Func<CallRecord, string> scope) =>
        PlacedOver(calls, perSecond, Second, scope, $"more than {perSecond} calls in a second");

    /// <summary>A number called more often than <paramref name="times"/> within any <paramref name="window"/>.</summary>
    public static IReadOnlyList<Violation> NumbersCalledOver(IEnumerable<CallRecord> calls, int times, TimeSpan window) =>
        PlacedOver(calls, times, window, c => c.Number, $"number called more than {times} times");

    static IReadOnlyList<Violation> PlacedOver(IEnumerable<CallRecord> calls, int limit, TimeSpan window, Func<CallRecord, string> scope, string rule) => Collect(calls, scope, (key, group) =>
    {
        var found = new List<Violation>();
        var recent = new Queue<DateTimeOffset>();
        foreach (var call in group)
        {
            while (recent.TryPeek(out var first) && call.Placed - first >= window) recent.Dequeue();
            recent.Enqueue(call.Placed);
            if (recent.Count > limit) found.Add(new(rule, key, call.Placed, call));
        }
        return found;
    });

    /// <summary>Calls placed when they were not allowed, such as outside of their hours.</summary>
    public static IReadOnlyList<Violation> Outside(IEnumerable<CallRecord> calls, Func<CallRecord, bool> isAllowed) =>
        [.. calls.Where(c => !isAllowed(c)).OrderBy(c => c.Placed).Select(c => new Violation("call outside of its hours", c.Number, c.Placed, c))];

    /// <summary>Calls placed after everything should have stopped.</summary>
    public static IReadOnlyList<Violation> PlacedAfter(IEnumerable<CallRecord> calls, DateTimeOffset stop) =>
        [.. calls.Where(c => c.Placed > stop).OrderBy(c => c.Placed).Select(c => new Violation("call after the stop", c.Server, c.Placed, c))];

    static IReadOnlyList<Violation> Collect(IEnumerable<CallRecord> calls, Func<CallRecord, string> scope, Func<string, IEnumerable<CallRecord>, List<Violation>> check) =>
        [.. calls.GroupBy(scope).SelectMany(g => check(g.Key, g.OrderBy(c => c.Placed))).OrderBy(v => v.At)];
}
