using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Being the only one that starts calls on this server, whatever becomes of other nodes or of this one.</summary>
sealed partial class ServerGrain
{
    const string NotOurs = "this node may have lost the server to another one";

    /// <summary>How long calls that were sent may take to be answered when the server leaves: Asterisk answers at once, if it does.</summary>
    static readonly TimeSpan AnswersAtLast = TimeSpan.FromSeconds(2);

    ServerLease _lease = null!;
    TimeSpan _mayPlaceFrom;

    bool MayPlace => IsOnline && _lease.Holds && Uptime >= _mayPlaceFrom;

    async Task Own(CancellationToken cancellationToken)
    {
        var (lease, wait) = await leases.Take(Id, cancellationToken);
        (_lease, _mayPlaceFrom) = (lease, Uptime + wait);
    }

    void LeaveIfLost()
    {
        if (_lease.IsLost) DeactivateOnIdle();
    }

    void RefusePending(string why)
    {
        foreach (var order in _pending) NotPlaced(order.Intent.Id, time.GetUtcNow(), why);
        _pending.Clear();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Server {Server} moves to node {Node}, where it belongs now")]
    static partial void Moves(ILogger logger, string server, string node);
}
