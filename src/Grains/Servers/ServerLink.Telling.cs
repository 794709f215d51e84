using Carillon.Ami.Events;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Telling calls and queues what was read.</summary>
sealed partial class ServerLink
{
    async Task Deliver(CancellationToken stopping)
    {
        var grain = grains.Server(server);
        try
        {
            var isDigested = true;
            // After one that failed, news may wait although the inbox is empty.
            while (!isDigested || await _inbox.Reader.WaitToReadAsync(stopping))
            {
                ServerNews? news = ServerNews.None;
                isDigested = await Try("the server", async () => news = await grain.Digest(Id, Received), stopping);
                if (!isDigested) await Task.Delay(Rest, time, stopping);
                if (news is null) return;
                await Tell(news, stopping);
                Received = Math.Max(Received, news.Number);
                if (_owed.Any) _ = NudgeLater(stopping);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task NudgeLater(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref _nudging, 1) == 1) return;
        await Task.Delay(Rest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _nudging, 0);
        Nudge();
    }

    /// <summary>Queues first: an agent who became busy must be known as such before the call that made them so stops counting as underway.</summary>
    async Task Tell(ServerNews news, CancellationToken stopping)
    {
        foreach (var queue in news.Lost) await Try("a queue", () => grains.Queue(queue).OnServerLost(server, news.LostAt), stopping);
        foreach (var queue in news.Queues) await Try("a queue", () => grains.Queue(queue.Queue).OnChanges(queue.Changes), stopping);
        await TellCalls(news, stopping);
    }

    public Task TellCalls(ServerNews news, CancellationToken stopping) => Parallel.ForEachAsync(
        _owed.Take(news.Calls), new ParallelOptions { MaxDegreeOfParallelism = DeliveriesAtOnce, CancellationToken = stopping }, async (call, cancel) =>
        {
            if (!await Try("a call", () => grains.Call(call.Attempt).Observe(call.Facts), cancel)) _owed.Keep(call);
        });

    /// <summary>One that fails does not hold up the others.</summary>
    async Task<bool> Try(string whom, Func<Task> tell, CancellationToken stopping)
    {
        try
        {
            // Whoever stops this must not wait for an answer, which may wait for whoever stops this.
            await tell().WaitAsync(stopping);
            return true;
        }
        catch (Exception e)
        {
            if (!_stopDelivering.IsCancellationRequested) NotTold(_log, server.Value, whom, e);
            return false;
        }
    }

    /// <summary>From now on nothing is told by itself; what is read stays in the inbox.</summary>
    public async Task StopTelling()
    {
        await _stopDelivering.CancelAsync();
        await _delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads on without the grain, and tells these calls what becomes of them.</summary>
    public async Task ListenOn(CallBoard calls, CancellationToken stopping)
    {
        var news = new NewsDesk();
        while (await _inbox.Reader.WaitToReadAsync(stopping))
        {
            while (TryTake(out var item))
                if (item.Signal is AmiEvent e && calls.Read(e, item.At) is { } told) news.Call(told.Call.Attempt, told.Fact);
            await TellCalls(news.Take(), stopping);
            if (_owed.Any) _ = NudgeLater(stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Server {Server}: news did not reach {Whom}")]
    static partial void NotTold(ILogger logger, string server, string whom, Exception error);
}
