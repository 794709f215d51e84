using Carillon.Hosting;
using Carillon.Storage;

namespace Carillon.Silo;

/// <summary>
/// The right to be the node that works on the database, and the watch over it. While the lock's session is lost nothing is dialed; if another node has the lock
/// by then, this process ends at once, as if it had been killed: its calls go on, and the other node has them. The nodes of a cluster have the lock together; one
/// that alone does not reach the database for long ends in the same way.
/// </summary>
sealed partial class Duty(Database database, NodeLock held, ClusterOptions cluster, IServiceProvider services, TimeProvider time, ILogger<Duty> log) : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    const int MostTries = 8;

    readonly CancellationTokenSource _end = new();
    NodeLock? _lock = held;
    Task _watching = Task.CompletedTask;
    bool _waits;

    /// <summary>Takes the lock, or waits for it if the node is a standby.</summary>
    /// <returns>Null: the node was told to stop while it waited.</returns>
    /// <exception cref="StartRefused">Another node works on the database, and this one is no standby.</exception>
    public static async Task<Duty?> Begin(WebApplication app, NodeOptions options, ClusterOptions cluster)
    {
        var (database, time) = (app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<TimeProvider>());
        if (options.Standby && !database.IsShared) throw new StartRefused("Node:Standby (--standby) needs PostgreSQL: a node that waits for a file cannot take it over from another machine. Give --storage a connection string with Host=….");
        var held = await FirstTry(database, IsShared(cluster));
        if (held is null && !options.Standby) throw new StartRefused($"{database.Where} is another node's, which is at work. End that one, or start this one with --standby to take over when it ends (PostgreSQL); several at work at once need a cluster.");
        held ??= await Wait(database, options, time);
        if (held is null) return null;
        var duty = new Duty(database, held, cluster, app.Services, time, app.Services.GetRequiredService<ILogger<Duty>>());
        duty.Start();
        return duty;
    }

    /// <summary>Begins to watch.</summary>
    public void Start() => _watching = Watch(_end.Token);

    static bool IsShared(ClusterOptions cluster) => cluster.Id is not null;

    /// <summary>The lock's session is given little time to be made, and a machine that starts several nodes may need more.</summary>
    static async Task<NodeLock?> FirstTry(Database database, bool shared)
    {
        for (var tries = 1; ; tries++)
        {
            try { return await database.TryLockAsync(shared); }
            catch (StorageException e) when (e.IsTransient && tries < MostTries) { }
        }
    }

    static async Task<NodeLock?> Wait(Database database, NodeOptions options, TimeProvider time)
    {
        await using var page = await StandbyPage.Open(options, database.Where);
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(page.Stopping))
            {
                if (await Try(database, page) is { } held) return held;
            }
        }
        catch (OperationCanceledException)
        {
        }
        return null;
    }

    static async Task<NodeLock?> Try(Database database, StandbyPage page)
    {
        try
        {
            var held = await database.TryLockAsync(cancel: page.Stopping);
            page.Problem = null;
            return held;
        }
        catch (StorageException e)
        {
            page.Problem = e.Message;
            return null;
        }
    }

    async Task Watch(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await LookOrLose(stopping);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Whatever goes wrong, nobody may be dialed by a node that no longer looks whether it is its turn.</summary>
    async Task LookOrLose(CancellationToken stopping)
    {
        try
        {
            await Look(stopping);
        }
        catch (Exception e)
        {
            if (stopping.IsCancellationRequested) return;
            database.Tenure.Lose();
            Failed(log, database.Where, e);
        }
    }

    async Task Look(CancellationToken stopping)
    {
        var asked = time.GetTimestamp();
        if (_lock is { } mine)
        {
            if (await mine.IsHeldAsync(stopping))
            {
                database.Tenure.Confirm(asked);
                return;
            }
            database.Tenure.Lose();
            _lock = null;
            await mine.DisposeAsync();
            Lost(log, database.Where);
        }
        try
        {
            asked = time.GetTimestamp();
            _lock = await database.TryLockAsync(IsShared(cluster), stopping);
        }
        catch (StorageException)
        {
            // Nobody else reaches it either, or we do not: nothing is dialed until that is known.
            await LeaveToOthers(stopping);
            return;
        }
        if (_lock is null) await EndAtOnce($"{database.Where} is another node's now; this one ends. Started again with --standby it waits for its turn.");
        database.Tenure.Confirm(asked);
        _waits = false;
        Regained(log, database.Where);
    }

    /// <summary>Others of the cluster count us as one of them, and leave our servers to us, for as long as we answer.</summary>
    async Task LeaveToOthers(CancellationToken stopping)
    {
        if (!IsShared(cluster) || cluster.Roles == NodeRole.Api || cluster.LeaveAfter == TimeSpan.Zero || database.Tenure.LostFor < cluster.LeaveAfter) return;
        if (await GrainHost.GiveUp(services, cluster.LeaveAfter, stopping))
            await EndAtOnce($"{database.Where} has been out of this node's reach for {cluster.LeaveAfter.TotalSeconds:0} s, and another node reaches it and takes over; this one ends, to be started again.");
        if (!_waits) Waits(log, database.Where);
        _waits = true;
    }

    static async Task EndAtOnce(string why)
    {
        await Console.Error.WriteLineAsync($"carillon: {why}");
        // An orderly end would go on for seconds, with actions of its own on servers that are the other node's.
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        if (_lock is not null) await _lock.DisposeAsync();
        _end.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Database} has ended the session that makes this node the one that works; until it is back no call is begun")]
    static partial void Lost(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Database}: it could not be found out whether this node is still the one that works; until it is known no call is begun")]
    static partial void Failed(ILogger logger, string database, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Database} is out of reach, and no other node is known to have reached it for long: this one waits")]
    static partial void Waits(ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Database}: this node is the one that works again")]
    static partial void Regained(ILogger logger, string database);
}
