using System.Text.Json;
using Carillon.Api.Json;
using Carillon.Campaigns;

namespace Carillon.Api.Events;

/// <param name="Groups">Whose it is; a supervisor sees it if one of these is theirs.</param>
/// <param name="ForAllSupervisors">It belongs to no group and every supervisor may see it.</param>
readonly record struct Subject(string Id, string?[] Groups, bool ForAllSupervisors, object State);


/// <summary>
/// The newest event of every subject, numbered. A client remembers the last number it was sent and takes whatever is newer, so a slow one
/// skips states instead of making anybody hold them: memory is bounded by the number of subjects, not of clients.
/// </summary>
sealed class LiveState
{
    readonly Lock _lock = new();
    readonly Dictionary<(string Kind, string Subject), (LiveEvent Event, byte[] Content)> _newest = [];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _sequence;

    /// <summary>Told apart from the numbers of another node, or of this one before its restart.</summary>
    public string Epoch { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>Takes over the subjects of one kind. If they are all of them, those that are missing have been removed.</summary>
    public void Replace(string kind, IReadOnlyCollection<Subject> subjects, bool complete)
    {
        lock (_lock)
        {
            var before = _sequence;
            foreach (var (subject, groups, forAll, data) in subjects)
            {
                var content = JsonSerializer.SerializeToUtf8Bytes(WithoutClock(data), ApiJson.Options);
                if (_newest.TryGetValue((kind, subject), out var old) && old.Content.AsSpan().SequenceEqual(content) && old.Event.Groups.SequenceEqual(groups)) continue;
                Put(kind, new(kind, subject, groups, forAll, data, ++_sequence), content);
            }
            if (complete) RemoveAllBut(kind, subjects.Select(s => s.Id).ToHashSet(StringComparer.Ordinal));
            if (_sequence == before) return;
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    /// <summary>What is newer than a number, oldest first, and a task that completes with the next change.</summary>
    public (IReadOnlyList<LiveEvent> Events, Task Changed) Since(long sequence)
    {
        lock (_lock)
        {
            var events = _newest.Values.Select(n => n.Event).Where(e => e.Sequence > sequence).OrderBy(e => e.Sequence).ToList();
            return (events, _changed.Task);
        }
    }

    void RemoveAllBut(string kind, HashSet<string> present)
    {
        var gone = _newest.Where(n => n.Key.Kind == kind && n.Value.Content.Length > 0 && !present.Contains(n.Key.Subject)).Select(n => n.Value.Event).ToList();
        foreach (var last in gone) Put(kind, last with { Type = kind + ".removed", Data = new { id = last.Subject }, Sequence = ++_sequence }, []);
    }

    /// <summary>That time has passed is no change of a campaign.</summary>
    static object WithoutClock(object data) => data is CampaignProgress progress ? progress with { At = default } : data;

    void Put(string kind, LiveEvent next, byte[] content) => _newest[(kind, next.Subject)] = (next, content);
}
