using Carillon.Ami;
using Microsoft.Extensions.Logging;

namespace Carillon.Servers;

/// <summary>Questions to Asterisk that order nothing.</summary>
sealed partial class ServerLink
{
    int _pinging;

    /// <summary>Asks for any answer at all, unless one is awaited.</summary>
    public void Ping()
    {
        if (Client is not { } client || Interlocked.Exchange(ref _pinging, 1) != 0) return;
        _ = Asking(async () =>
        {
            try
            {
                await client.SendAsync(Actions.Ping(), _stop.Token).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref _pinging, 0);
            }
        });
    }

    /// <summary>Asks for the states of endpoints; what they tell comes through the inbox.</summary>
    public void AskReach(IEnumerable<string> endpoints)
    {
        if (Client is not { } client) return;
        var (generation, asked) = (Generation, endpoints.Distinct(StringComparer.Ordinal).ToList());
        _ = Asking(async () =>
        {
            foreach (var endpoint in asked)
            {
                var answer = await client.SendAsync(Actions.DeviceState(endpoint), _stop.Token).ConfigureAwait(false);
                // Who may not ask learns it from calls.
                if (!answer.Success) return;
                if (TrunkReach.Of(endpoint, answer["Value"]) is { } reach)
                    await _inbox.Writer.WriteAsync(new(generation, null, null, null, time.GetUtcNow(), time.GetElapsedTime(0)) { Reach = reach }, _stop.Token).ConfigureAwait(false);
            }
        });
    }

    async Task Asking(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Asked again before long.
            if (e is not (OperationCanceledException or ObjectDisposedException)) AskingThrew(_log, server.Value, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Server {Server}: a question to it failed unexpectedly")]
    static partial void AskingThrew(ILogger logger, string server, Exception error);
}
