using Carillon.Ami.Events;
using Carillon.TestKit;

namespace Carillon.Ami.Tests;

public class SignalQueueTests
{
    readonly FakeTime _time = new();
    readonly SignalQueue _queue;
    readonly List<AmiSignal> _read = [];

    public SignalQueueTests() => _queue = new SignalQueue(1000, _time);

    [Fact]
    public async Task Signals_come_in_order_and_in_batches()
    {
        for (var i = 0; i < 5; i++) Assert.True(_queue.TryAdd(Event(i), 10, droppable: false));
        Assert.Equal(3, await _queue.ReadAsync(_read, 3, default));
        Assert.Equal(2, await _queue.ReadAsync(_read, 3, default));
        Assert.Equal(["0", "1", "2", "3", "4"], Ids());
        Assert.Equal(0, _queue.Bytes);
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken_once_the_read_is_over()
    {
        var reading = _queue.ReadAsync(_read, 10, default).AsTask();
        _queue.TryAdd(Event(1), 10, false);
        _queue.TryAdd(Event(2), 10, false);
        Assert.False(reading.IsCompleted);
        _queue.Flush();
        Assert.Equal(2, await reading);
    }

    [Fact]
    public async Task Held_events_come_after_the_snapshot()
    {
        _queue.TryAdd(Event(1), 10, false);
        _queue.Hold();
        _queue.TryAdd(Event(2), 10, false);
        _queue.Add(Snapshot());
        _queue.Release();
        _queue.TryAdd(Event(3), 10, false);
        await _queue.ReadAsync(_read, 10, default);
        Assert.Equal(["1", "snapshot", "2", "3"], Ids());
    }

    [Fact]
    public void From_three_quarters_on_only_droppable_events_are_shed_and_each_is_counted()
    {
        Assert.True(_queue.TryAdd(Event(1), 700, false));
        Assert.True(_queue.TryAdd(new VarSetEvent(), 51, true));
        Assert.True(_queue.TryAdd(new VarSetEvent(), 51, true));
        Assert.True(_queue.TryAdd(Event(2), 300, false));
        Assert.Equal(2, _queue.Shed["VarSet"]);
        Assert.Equal((2, 1000L, 2L), (_queue.Length, _queue.Bytes, _queue.Added));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_until_there_is_room_but_signals_of_the_link_always_fit()
    {
        Assert.True(_queue.TryAdd(Event(1), 1000, false));
        Assert.False(_queue.TryAdd(Event(2), 1, false));
        _queue.Add(new AmiDisconnected(AmiCause.Overflow, "gap", TimeSpan.Zero));
        await _queue.ReadAsync(_read, 10, default);
        Assert.True(_queue.TryAdd(Event(3), 1000, false));
        Assert.True(Assert.IsType<AmiDisconnected>(_read[1]).Gap);
    }

    [Fact]
    public void Discarded_events_free_their_room()
    {
        _queue.Hold();
        _queue.TryAdd(Event(1), 1000, false);
        _queue.Discard();
        Assert.Equal((0, 0L), (_queue.Length, _queue.Bytes));
    }

    [Fact]
    public async Task The_lag_is_the_age_of_the_oldest()
    {
        _queue.TryAdd(Event(1), 10, false);
        _time.Advance(TimeSpan.FromSeconds(3));
        _queue.TryAdd(Event(2), 10, false);
        Assert.Equal(TimeSpan.FromSeconds(3), _queue.Lag);
        await _queue.ReadAsync(_read, 10, default);
        Assert.Equal(TimeSpan.Zero, _queue.Lag);
    }

    [Fact]
    public async Task After_the_end_what_is_left_can_be_read()
    {
        _queue.TryAdd(Event(1), 10, false);
        _queue.Complete();
        Assert.Equal(1, await _queue.ReadAsync(_read, 10, default));
        Assert.Equal(0, await _queue.ReadAsync(_read, 10, default));
    }

    [Fact]
    public async Task Waiting_for_the_reader_ends_when_it_took_enough_and_every_snapshot()
    {
        _queue.TryAdd(Event(1), 600, false);
        _queue.Add(Snapshot());
        var waiting = _queue.WhenReadDownTo(0, default);
        await _queue.ReadAsync(_read, 1, default);
        Assert.False(waiting.IsCompleted);
        await _queue.ReadAsync(_read, 1, default);
        await waiting;
    }

    [Fact]
    public async Task A_cancelled_read_takes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        var reading = _queue.ReadAsync(_read, 10, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        _queue.TryAdd(Event(1), 10, false);
        Assert.Equal(1, await _queue.ReadAsync(_read, 10, default));
    }

    static NewchannelEvent Event(int id) => new() { UniqueId = id.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    static AmiSnapshot Snapshot() => new(true, true, null, [], [], [], []);

    IEnumerable<string> Ids() => _read.Select(s => s is NewchannelEvent e ? e.UniqueId : "snapshot");
}
