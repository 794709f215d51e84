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

    bool MayPlace => IsOnline && !IsMute() && _lease.Holds && Uptime >= _mayPlaceFrom;

    async Task Own(CancellationToken cancellationToken)
    {
        var (lease, wait) = await leases.Take(Id, cancellationToken);
        (_lease, _mayPlaceFrom) = (lease, Uptime + wait);
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
    /// What waits for its turn is not placed, and what was sent is answered first, so that the next activation finds no intent of which nobody knows what became.
    /// What was read is told before the connection goes, and where another node takes the server the connection stays until that one listens: the next
    /// activation would only find calls gone, and not know how they ended.
    /// </summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            RefusePending($"server {Id} moves to another node");
            await _link.WhenAnswered(AnswersAtLast);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Server {Server} moves to node {Node}, where it belongs now")]
    static partial void Moves(ILogger logger, string server, string node);
}
