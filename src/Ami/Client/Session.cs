namespace Carillon.Ami;

/// <summary>One epoch: an event connection with its action connections, from login to the first cause that ends it.</summary>
/// <param name="announce">Tells the consumer that the session stands.</param>
sealed class Session(
    AmiClientOptions options, EventCatalog catalog, SignalQueue queue, int epoch, Meter meter, ActionPacer pacer, TimeProvider time, Func<double> random,
    Action<AmiConnected> announce)
{
    readonly ActionLink[] _links = [.. Enumerable.Range(0, options.ActionConnections).Select(_ => new ActionLink(options, catalog, meter, time, random))];
    SnapshotTaker? _snapshots;

    /// <summary>The consumer was told of this session; it takes actions.</summary>
    public bool Announced { get; private set; }

    public int InFlight => _links.Sum(link => link.InFlight);

    /// <summary>Runs the session to its end and says what ended it.</summary>
    public async Task<AmiBreak> RunAsync(CancellationToken cancellation)
    {
        queue.Hold();
        await using var events = new AmiConnection(options, catalog, queue, epoch, meter, time, () => _snapshots?.AfterDamage());
        await using var closing = cancellation.Register(() => events.Break(AmiCause.Closed, "The client was closed.")).ConfigureAwait(false);
        AmiBreak cause;
        try
        {
            cause = await StartAsync(events, cancellation).ConfigureAwait(false) ?? await StayAsync(events).ConfigureAwait(false);
            events.Break(cause.Cause, cause.Detail);
        }
        catch (OperationCanceledException)
        {
            cause = await events.Broken.ConfigureAwait(false);
        }
        foreach (var link in _links) await link.DisposeAsync().ConfigureAwait(false);
        if (Announced) queue.Release();
        else queue.Discard();
        return cause;
    }

    public Task<AmiResponse> SendAsync(AmiAction action, CancellationToken deadline, CancellationToken cancellation) =>
        Least().RunAsync(connection => connection.SendAsync(action, deadline, cancellation), AmiResponse.NotSent, pacer, deadline, cancellation);

    public Task<AmiListResult> ListAsync(AmiAction action, CancellationToken deadline, CancellationToken cancellation) =>
        Least().RunAsync(connection => connection.ListAsync(action, deadline, cancellation),
            (why, _) => new AmiListResult(AmiListOutcome.Refused, [], why, AmiAnswer.NotSent), pacer, deadline, cancellation);

    public Task<bool> RequestSnapshotAsync() => _snapshots?.RequestAsync() ?? Task.FromResult(false);

    async Task<AmiBreak?> StartAsync(AmiConnection events, CancellationToken cancellation)
    {
        if (await events.OpenAsync(options.EventMask, cancellation).ConfigureAwait(false) is { } failure) return failure;
        var greeting = await ServerGreeting.TakeAsync(events, options, time, cancellation).ConfigureAwait(false);
        if (greeting.Failure is not null) return greeting.Failure;
        var opened = await Task.WhenAll(_links.Select(link => link.OpenAsync(cancellation))).ConfigureAwait(false);
        if (opened.FirstOrDefault(f => f is not null) is { } refused) return refused;
        _snapshots = new SnapshotTaker(events, queue, epoch, options, greeting.Permissions, time);
        Announced = true;
        announce(new(greeting.Server, greeting.Permissions) { Epoch = epoch });
        return null;
    }

    async Task<AmiBreak> StayAsync(AmiConnection events)
    {
        using var end = new CancellationTokenSource();
        var snapshots = _snapshots!.RunAsync(end.Token);
        var keeping = _links.Select(link => link.KeepAsync(end.Token)).ToArray();
        var cause = await events.Broken.ConfigureAwait(false);
        foreach (var link in _links) link.Break(cause);
        await end.CancelAsync().ConfigureAwait(false);
        await snapshots.ConfigureAwait(false);
        await Task.WhenAll(keeping).ConfigureAwait(false);
        return cause;
    }

    ActionLink Least() => _links.OrderByDescending(link => link.Ready).ThenBy(link => link.Load).First();
}
