namespace Carillon.Chaos.Links;

/// <summary>One of the two directions of a way.</summary>
sealed class Direction
{
    volatile TaskCompletionSource<TimeSpan>? _held;

    /// <summary>What each packet takes besides.</summary>
    public TimeSpan Delay { get; set; }

    public void Hold() => _held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="retransmitAfter">How much longer those wait who were held.</param>
    public void Release(TimeSpan retransmitAfter) => Interlocked.Exchange(ref _held, null)?.TrySetResult(retransmitAfter);

    /// <returns>Whether anything had to wait.</returns>
    public async Task<bool> WhenPassable()
    {
        if (_held is not { } held) return false;
        await Task.Delay(await held.Task);
        await WhenPassable();
        return true;
    }

    public async Task WhenOpen()
    {
        while (_held is { } held) await held.Task;
    }
}
