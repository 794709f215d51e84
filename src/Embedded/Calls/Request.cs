using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Carillon.Embedded;

/// <summary>One turn that an activation or an observer has to do: a call, or a tick of a timer.</summary>
abstract class Request
{
    /// <summary>The request that made this one, while it still runs: the chain by which a cycle is told from mere slowness.</summary>
    public Request? Parent { get; private set; }

    /// <summary>The last call that this request made.</summary>
    public Request? Child { get; private set; }

    /// <summary>Set by the mailbox once the request counts as running.</summary>
    public bool Admitted { get; set; }

    /// <summary>Timestamp of the messaging clock after which the caller gives up.</summary>
    public long Deadline { get; protected set; } = long.MaxValue;

    public abstract string Name { get; }
    public abstract GrainId Target { get; }
    public virtual bool IsReadOnly => false;
    public virtual bool Interleaves => false;

    /// <summary>Whether the activation counts as used by it.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether nobody waits for it any more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Runs on the mailbox's turns. Never throws: a failure belongs to the caller, and is returned for the mailbox to know.</summary>
    public abstract Task<Exception?> RunAsync(object instance, Mailbox mailbox);

    public abstract void Fail(Exception failure);

    /// <summary>What to do when the activation it was meant for is gone.</summary>
    public abstract void Forward();

    public override string ToString() => $"{Name} on {Target}";

    protected void BelongTo(Request parent)
    {
        Parent = parent;
        parent.Child = this;
    }

    // A finished request lets go of its relatives, or calls that follow from each other would be kept for ever.
    protected void Detach() => Parent = Child = null;
}

[SuppressMessage("Design", "CA1001", Justification = "Disposed when the request has run.")]
sealed class Request<T>(GrainMethod<T> method, GrainReference target, object?[] args) : Request
{
    readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CallContext? _context = CallContext.Current;
    CancellationTokenRegistration _callerCancels;
    CancellationTokenSource? _stop;
    Mailbox? _runner;

    public Task<T> Answer => _answer.Task;
    public override string Name => method.Name;
    public override GrainId Target => target.GrainId;
    public override bool IsReadOnly => method.IsReadOnly;
    public override bool Interleaves => method.AlwaysInterleaves;
    public override bool IsOver => _answer.Task.IsCompleted;

    CancellationToken CallerToken => method.Token < 0 ? default : (CancellationToken)args[method.Token]!;

    public void Send()
    {
        var token = CallerToken;
        if (token.IsCancellationRequested)
        {
            Fail(new OperationCanceledException(token));
            return;
        }
        if (!method.IsOneWay)
        {
            Deadline = target.Catalog.DeadlineAfter(method.Timeout);
            if (_context?.Request is { IsOver: false } parent) BelongTo(parent);
        }
        if (token.CanBeCanceled) _callerCancels = token.UnsafeRegister(static (request, at) => ((Request<T>)request!).Cancel(at), this);
        Forward();
    }

    public override void Forward()
    {
        if (target.Locate() is { } mailbox) mailbox.Post(this);
        else Fail(target.Catalog.Refusal(this));
    }

    public override async Task<Exception?> RunAsync(object instance, Mailbox mailbox)
    {
        CallContext.Current = new(_context?.Values, this);
        GiveOwnToken(mailbox);
        try
        {
            _answer.TrySetResult(await method.InvokeAsync(instance, args));
            return null;
        }
        catch (Exception failure)
        {
            if (method.IsOneWay) mailbox.LogOneWayFailure(failure, this);
            Fail(failure);
            return failure;
        }
        finally
        {
            _callerCancels.Unregister();
            _stop?.Dispose();
            _stop = null;
            Detach();
        }
    }

    public override void Fail(Exception failure)
    {
        // Reading the exception marks it as observed: nobody has to await an answer.
        if (_answer.TrySetException(failure)) _ = _answer.Task.Exception;
        if (_runner is not null) return;
        _callerCancels.Unregister();
        Detach();
    }

    // The callee has a token of its own, so that what it registered there runs as its turn and not on the canceller's thread.
    void GiveOwnToken(Mailbox mailbox)
    {
        _runner = mailbox;
        var token = CallerToken;
        if (!token.CanBeCanceled) return;
        _stop = new();
        args[method.Token] = _stop.Token;
        if (token.IsCancellationRequested) _stop.Cancel();
    }

    void Cancel(CancellationToken at)
    {
        _runner?.Turns.Post(() => _stop?.Cancel());
        Fail(new OperationCanceledException(at));
    }
}
