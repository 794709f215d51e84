using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Carillon.Storage;

/// <summary>
/// The only writer of an SQLite file. It takes all writes that wait into one transaction, each in a savepoint so that one fails alone, and
/// commits once: callers share the cost of the sync to disk.
/// </summary>
sealed class SqliteWriter : IAsyncDisposable
{
    const int LargestGroup = 256;
    static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(50);

    readonly SqliteConnection _connection;
    readonly TimeProvider _time;
    readonly Channel<Write> _queue;
    readonly Thread _thread;
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(SqliteConnection connection, int capacity, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(capacity) { SingleReader = true });
        // Its own thread: it waits for the disk, which would cost the pool one.
        _thread = new(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancel)
    {
        var write = new Write<T>(work, cancel);
        try { await _queue.Writer.WriteAsync(write, cancel); }
        catch (ChannelClosedException e) { throw new StorageException("The database is closing.", e); }
        return await write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task;
        await _connection.DisposeAsync();
    }

    void Run()
    {
        var group = new List<Write>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try { Commit(group); }
            catch (Exception e)
            {
                // Nothing of the group is in the file, also not what had succeeded within it.
                foreach (var write in group) write.Fail(e);
            }
            group.Clear();
        }
        _ended.SetResult();
    }

    void Commit(List<Write> group)
    {
        if (!_queue.Reader.TryRead(out var write)) return;
        // Before the transaction: if even that cannot be begun, somebody must be told.
        group.Add(write);
        using var transaction = _connection.BeginTransaction(deferred: false);
        var begun = _time.GetTimestamp();
        RunOne(write, transaction);
        while (group.Count < LargestGroup && _time.GetElapsedTime(begun) < LongestGroup && _queue.Reader.TryRead(out write))
        {
            group.Add(write);
            RunOne(write, transaction);
        }
        transaction.Commit();
        foreach (var done in group) done.Complete();
    }

    void RunOne(Write write, SqliteTransaction transaction)
    {
        if (write.TryCancel()) return;
        transaction.Save("one");
        try { write.Run(_connection, transaction); }
        catch (Exception e)
        {
            transaction.Rollback("one");
            write.Fail(e);
        }
        transaction.Release("one");
    }

    abstract class Write
    {
        public abstract bool TryCancel();
        public abstract void Run(SqliteConnection connection, SqliteTransaction transaction);
        public abstract void Complete();
        public abstract void Fail(Exception error);
    }

    sealed class Write<T>(Func<Session, Task<T>> work, CancellationToken cancel) : Write
    {
        readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? _result;

        public Task<T> Task => _done.Task;

        public override bool TryCancel() => cancel.IsCancellationRequested && _done.TrySetCanceled(cancel);

        // The provider does everything at once, so the task is complete when it is returned.
        public override void Run(SqliteConnection connection, SqliteTransaction transaction) =>
            _result = work(new(connection, transaction, Dialect.Sqlite, CancellationToken.None)).GetAwaiter().GetResult();

        public override void Complete() => _done.TrySetResult(_result!);

        public override void Fail(Exception error) => _done.TrySetException(error);
    }
}
