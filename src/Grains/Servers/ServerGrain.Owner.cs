using Carillon.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Carillon.Servers;

/// <summary>Being the only one that starts calls on this server, whatever becomes of other nodes or of this one.</summary>
sealed partial class ServerGrain
{
    const string NotOurs = "this node may have lost the server to another one";

    /// <summary>How long calls that were sent may take to be answered when the server leaves: Asterisk answers at once, if it does.</summary>
    static readonly TimeSpan AnswersAtLast = TimeSpan.FromSeconds(2);

    ServerLease _lease = null!;
    TimeSpan _mayPlaceFrom;
    bool _handedOver;
    bool _leaving;

    bool MayPlace => IsOnline && !IsMute() && _lease.Holds && Uptime >= _mayPlaceFrom;

    async Task Own(CancellationToken cancellationToken)
    {
        var (lease, wait) = await leases.Take(Id, cancellationToken);
        (_lease, _mayPlaceFrom) = (lease, Uptime + wait);
        _taken.Inherit((await attempts.ListOpenAsync(Id, cancellationToken)).Select(a => a.Intent.Id));
    }

    void LeaveIfLost()
    {
        if (_lease.IsLost) DeactivateOnIdle();
    }

    public Task<bool> WakeOn(string node)
    {
        if (node == nodes.Self) return Task.FromResult(true);
        Moves(_log, Id.Value, node);
        DeactivateOnIdle();
        return Task.FromResult(false);
    }

    /// <summary>
    /// What waits for its turn is not placed, what was sent is answered first, and orders that were lost on their way are taken back, so that the next activation finds
    /// no intent of which nobody knows what became.
    /// What was read is told before the connection goes, and where another node takes the server the connection stays until that one listens: the next
    /// activation would only find calls gone, and not know how they ended.
    /// </summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            _leaving = true;
            RefusePending($"server {Id} moves to another node");
            await _link.WhenAnswered(AnswersAtLast);
            await TakeBackLost();
            _handedOver = IsOnline && handovers.ArePossible;
            await (_handedOver ? _link.StopTelling() : _link.StopReading());
            if (_news.Again(_link.Received) is { } told) await _link.TellCalls(told, cancellationToken);
            do await _link.TellCalls(await Digest(), cancellationToken);
            while (_link.HasMore);
        }
        finally
        {
            metrics.Stands(Id, false, null);
            if (_handedOver) handovers.Begin(Id, _link, _calls);
            await DisposeAsync();
            await leases.Release(_lease);
        }
    }

    public ValueTask DisposeAsync() => _handedOver ? ValueTask.CompletedTask : _link.DisposeAsync();

    void RefusePending(string why)
    {
        foreach (var order in _pending) NotPlaced(order.Intent.Id, time.GetUtcNow(), why);
        _pending.Clear();
    }

    /// <summary>Whoever sent an order may be leaving too, or got no answer. No intent begins under this owner any more, so the order of one that has none here will not come.</summary>
    async Task TakeBackLost()
    {
        try
        {
            if (!await leases.Fence(_lease)) return;
            var lost = (await attempts.ListOpenAsync(Id)).Select(a => a.Intent.Id).Where(_taken.WasNever).ToList();
            if (lost.Count == 0) return;
            var (now, why) = (time.GetUtcNow(), $"server {Id} moves to another node");
            await attempts.WithdrawAsync(lost, now, why);
            // For whoever still has the call in mind; on a node that leaves that may be nobody.
            foreach (var attempt in lost) NotPlaced(attempt, now, why);
        }
        catch (StorageException e)
        {
            NotTakenBack(_log, Id.Value, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} leaves this node, and whether orders were lost on their way to it could not be looked up: what became of these its next owner will not know")]
    static partial void NotTakenBack(ILogger logger, string server, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Server {Server} moves to node {Node}, where it belongs now")]
    static partial void Moves(ILogger logger, string server, string node);
}
