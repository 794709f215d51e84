using Carillon.Calls;
using Carillon.Queues;

namespace Carillon.Servers;

/// <summary>Collects what one digest has to tell, each call's facts in order, and keeps it until it has arrived.</summary>
sealed class NewsDesk
{
    readonly Dictionary<AttemptId, List<CallFact>> _calls = [];
    readonly List<QueueNews> _queues = [];
    readonly List<QueueId> _lost = [];
    long _lostAt;
    ServerNews _told = ServerNews.None;

    public void Call(AttemptId attempt, CallFact fact)
    {
        if (!_calls.TryGetValue(attempt, out var facts)) _calls[attempt] = facts = [];
        facts.Add(fact);
    }

    public void NotPlaced(AttemptId attempt, DateTimeOffset at, string why) =>
        Call(attempt, new() { Kind = CallFactKind.NotPlaced, At = at, Reason = new() { Text = why } });

    public void Queue(QueueId queue, QueueChanges changes) => _queues.Add(new(queue, changes));

    public void Lost(IEnumerable<QueueId> queues, long sequence)
    {
        _queues.Clear();
        _lost.AddRange(queues);
        _lostAt = sequence;
    }

    /// <summary>What was told last and did not arrive; null if all did.</summary>
    public ServerNews? Again(long received) => _told.Number > received ? _told : null;

    public ServerNews Take()
    {
        if (_calls.Count == 0 && _queues.Count == 0 && _lost.Count == 0) return ServerNews.None;
        _told = new ServerNews
        {
            Number = _told.Number + 1,
            Calls = [.. _calls.Select(c => new CallNews(c.Key, [.. c.Value]))],
            Queues = [.. _queues],
            Lost = [.. _lost],
            LostAt = _lostAt,
        };
        _calls.Clear();
        _queues.Clear();
        _lost.Clear();
        return _told;
    }
}
