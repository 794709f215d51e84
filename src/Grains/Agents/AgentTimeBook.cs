using Carillon.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Agents;

/// <summary>
/// The time of all agents of this node, on its way into the store: many at once, every few seconds. What the store could not take is kept and tried again. With a node that
/// dies goes what it had not written; the store never counts a time twice.
/// </summary>
sealed partial class AgentTimeBook(AgentTimeStore store, TimeProvider time, ILogger<AgentTimeBook> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Kept while the store is away: hours of thousands of agents. The newest beyond that are dropped, and said so.</summary>
    const int Most = 1_000_000;

    /// <summary>Few enough that no other writer waits for it noticeably.</summary>
    const int Batch = 1_000;

    readonly Lock _lock = new();
    readonly SemaphoreSlim _writing = new(1);
    List<AgentSpell> _spells = [];
    readonly Dictionary<AgentId, int> _last = [];
    long _dropped;

    public void Add(AgentSpell spell)
    {
        lock (_lock)
        {
            // Told again: one spell is enough.
            if (_last.TryGetValue(spell.Agent, out var place) && _spells[place] is var before && before.To == spell.From && before.Place == spell.Place && before.Reason == spell.Reason)
                _spells[place] = before with { To = spell.To };
            else if (_spells.Count >= Most) _dropped++;
            else
            {
                _last[spell.Agent] = _spells.Count;
                _spells.Add(spell);
            }
        }
    }

    /// <summary>Writes all that was added before. If another write is under way, what is left after it.</summary>
    public async Task Write()
    {
        await _writing.WaitAsync();
        try
        {
            var (spells, dropped) = Take();
            if (dropped > 0) Dropped(log, dropped);
            for (var done = 0; done < spells.Count; done += Batch)
            {
                try
                {
                    await store.AddAsync(spells.GetRange(done, Math.Min(Batch, spells.Count - done)));
                }
                catch (StorageException e)
                {
                    PutBack(spells, done);
                    NotWritten(log, spells.Count - done, e);
                    return;
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    (List<AgentSpell> Spells, long Dropped) Take()
    {
        lock (_lock)
        {
            var taken = (_spells, _dropped);
            (_spells, _dropped) = ([], 0);
            _last.Clear();
            return taken;
        }
    }

    void PutBack(List<AgentSpell> spells, int from)
    {
        lock (_lock)
        {
            _spells.InsertRange(0, spells.Skip(from));
            _last.Clear();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Write();
    }

    /// <summary>Before the grains, which add what is left when they stop, and write it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write().WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "{Count} spells of agents' time could not be written; trying again")]
    static partial void NotWritten(ILogger logger, int count, Exception error);

    [LoggerMessage(LogLevel.Error, "{Count} spells of agents' time were lost: the store was away for too long")]
    static partial void Dropped(ILogger logger, long count);
}
