using System.Collections.Concurrent;
using Carillon.Nodes;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Carillon.Servers;

/// <summary>
/// Servers that have left this node for another one. It listens to each until its next owner knows what calls there are, and tells the calls what it hears:
/// nobody could say how a call ended that ends while nobody listens. It sends nothing.
/// </summary>
sealed partial class Handovers(IGrainFactory grains, INodes nodes, TimeProvider time, ILogger<Handovers> log)
{
    /// <summary>After which the next owner has troubles of its own, and a node that leaves goes.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>One that is only starting answers late, and is asked again.</summary>
    static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(3);

    /// <summary>What Asterisk said before the next owner asked it for its channels has been heard by then.</summary>
    static readonly TimeSpan Tail = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentDictionary<ServerLink, Task> _all = new();

    /// <summary>There is another node that can take a server.</summary>
    public bool ArePossible => nodes.Active.Any(n => n != nodes.Self);

    /// <summary>Listens from now on; the link is disposed of in the end.</summary>
    public void Begin(ServerId server, ServerLink link, CallBoard calls)
    {
        var listening = _all[link] = Task.Run(() => Listen(server, link, calls));
        listening.ContinueWith(_ => _all.TryRemove(link, out var _), TaskScheduler.Default);
    }

    /// <summary>What was begun until now has ended.</summary>
    public Task WhenDone() => Task.WhenAll(_all.Values);

    async Task Listen(ServerId server, ServerLink link, CallBoard calls)
    {
        try
        {
            await using (link)
            {
                using var over = new CancellationTokenSource();
                var listening = link.ListenOn(calls, over.Token);
                await UntilTaken(server);
                await over.CancelAsync();
                await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception e)
        {
            Failed(log, server.Value, e);
        }
    }

    async Task UntilTaken(ServerId server)
    {
        var from = time.GetTimestamp();
        while (ArePossible && time.GetElapsedTime(from) < Limit)
        {
            if (await IsOnline(server))
            {
                await Task.Delay(Tail, time);
                return;
            }
            await Task.Delay(LookInterval, time);
        }
        NotTaken(log, server.Value);
    }

    async Task<bool> IsOnline(ServerId server)
    {
        try
        {
            return (await grains.Server(server).GetSnapshot().WaitAsync(LookTimeout, time)).State == ServerState.Online;
        }
        catch (Exception e)
        {
            NotAnswered(log, server.Value, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server} has left this node, and no other one has it online: how its calls end may stay unknown")]
    static partial void NotTaken(ILogger logger, string server);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Server {Server} does not answer on its next node yet")]
    static partial void NotAnswered(ILogger logger, string server, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handing server {Server} over failed")]
    static partial void Failed(ILogger logger, string server, Exception error);
}
