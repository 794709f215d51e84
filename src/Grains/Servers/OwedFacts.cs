using System.Collections.Concurrent;
using System.Collections.Immutable;
using Carillon.Calls;

namespace Carillon.Servers;

/// <param name="Since">When it was tried first, as time since the process began.</param>
/// <param name="Again">When it is worth another try.</param>
readonly record struct Telling(AttemptId Attempt, ImmutableArray<CallFact> Facts, TimeSpan Since, TimeSpan Again);

/// <summary>
/// What calls could not be told yet, each one's facts in their order: the node that held a call was lost and the call is not at work on another one yet, or the store
/// did not answer it. A call that missed that it was answered would be recorded as what it was not.
/// </summary>
sealed class OwedFacts(TimeProvider time, TimeSpan rest)
{
    /// <summary>After which the regular check of open attempts has to find what a call missed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    readonly ConcurrentDictionary<AttemptId, Telling> _owed = new();

    TimeSpan Now => time.GetElapsedTime(0);

    public bool Any => !_owed.IsEmpty;

    /// <summary>What is to be told now: the news, each call's behind what it is owed, and what is worth another try.</summary>
    public IReadOnlyList<Telling> Take(ImmutableArray<CallNews> news)
    {
        var now = Now;
        var due = new List<Telling>(news.Length);
        foreach (var call in news)
            due.Add(_owed.TryRemove(call.Attempt, out var owed) ? owed with { Facts = owed.Facts.AddRange(call.Facts) } : new(call.Attempt, call.Facts, now, now));
        foreach (var owed in _owed.Values.Where(o => o.Again <= now).ToList())
            if (_owed.TryRemove(owed.Attempt, out var taken)) due.Add(taken);
        return due;
    }

    /// <summary>It did not arrive, or nobody knows whether it did: being told twice does a call no harm.</summary>
    public void Keep(Telling telling)
    {
        if (Now - telling.Since < Limit) _owed[telling.Attempt] = telling with { Again = Now + rest };
    }
}
