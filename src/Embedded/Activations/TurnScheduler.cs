namespace Carillon.Embedded;

/// <summary>
/// Runs the work of one mailbox on the thread pool: one item at a time, in the order of posting. Code after an await
/// comes back here, because a task continues on the scheduler it was awaited on.
/// </summary>
sealed class TurnScheduler(Mailbox mailbox) : TaskScheduler, IThreadPoolWorkItem
{
    // After so many items the thread goes to the others that wait for the pool.
    const int Batch = 128;

    [ThreadStatic]
    static TurnScheduler? _onThisThread;

    readonly Lock _lock = new();
    readonly Queue<object> _items = new();
    bool _scheduled;

    public bool IsOnThisThread => _onThisThread == this;

    public bool IsIdle { get { lock (_lock) return !_scheduled; } }

    public void Post(Request request) => Add(request);

    public void Post(Action action) => Add(action);

    /// <summary>The requests that no turn has looked at yet.</summary>
    public Request[] Unseen()
    {
        lock (_lock) return _items.Count == 0 ? [] : [.. _items.OfType<Request>()];
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsOnThisThread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() { lock (_lock) return [.. _items.OfType<Task>()]; }

    public override int MaximumConcurrencyLevel => 1;

    void Add(object item)
    {
        lock (_lock)
        {
            _items.Enqueue(item);
            if (_scheduled) return;
            _scheduled = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _onThisThread = this;
        Orleans.Runtime.RuntimeContext.Current = mailbox.Context;
        try
        {
            for (var i = 0; i < Batch; i++)
            {
                if (!TryTake(out var item)) return;
                if (item is Task task) TryExecuteTask(task);
                else new Task(Run, item).RunSynchronously(this);
            }
        }
        finally
        {
            _onThisThread = null;
            Orleans.Runtime.RuntimeContext.Current = null;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // A task around each item makes this the scheduler that its awaits return to, in an execution context of its own.
    void Run(object? item)
    {
        if (item is Request request) mailbox.Take(request);
        else ((Action)item!)();
    }

    bool TryTake(out object? item)
    {
        lock (_lock)
        {
            if (_items.TryDequeue(out item)) return true;
            _scheduled = false;
            return false;
        }
    }
}
