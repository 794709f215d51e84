using System.Collections.Concurrent;

namespace Carillon.Api.Floor;

/// <summary>What was asked of a campaign, server or queue, and since when nothing came of it; null: it has answered.</summary>
readonly record struct FloorAnswer<T>(T? State, DateTimeOffset? SilentSince) where T : class;

/// <summary>
/// Asks for states and waits for none of them longer than <see cref="Patience"/>, so that one that hangs does not hold up a look at all the others. It is asked
/// anew only when what was asked before has come to its end, and an answer that comes late is taken with the next look.
/// </summary>
sealed class FloorAnswers(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<(string Kind, string Id), (Task Answer, DateTimeOffset AskedAt)> _late = new();

    /// <exception cref="Exception">What the one that was asked failed with.</exception>
    public async Task<FloorAnswer<T>> Of<T>(string kind, string id, Func<Task<T>> ask, CancellationToken cancel) where T : class
    {
        var (answer, askedAt) = (default(Task<T>), time.GetUtcNow());
        if (_late.TryGetValue((kind, id), out var before))
        {
            (answer, askedAt) = ((Task<T>)before.Answer, before.AskedAt);
            if (!answer.IsCompleted) return new(null, askedAt);
            _late.TryRemove((kind, id), out _);
        }
        answer ??= ask();
        try
        {
            return new(await answer.WaitAsync(Patience, time, cancel), null);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            _late[(kind, id)] = (answer, askedAt);
            return new(null, askedAt);
        }
    }

    /// <summary>Those that are no more are not waited for.</summary>
    public void Keep(string kind, IReadOnlySet<string> ids)
    {
        foreach (var (key, _) in _late)
        {
            if (key.Kind == kind && !ids.Contains(key.Id)) _late.TryRemove(key, out _);
        }
    }
}
