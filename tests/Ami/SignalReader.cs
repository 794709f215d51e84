namespace Carillon.Ami.Tests;

/// <summary>The consumer of a test: awaits the next signal of a kind, and keeps all that came before.</summary>
sealed class SignalReader(AmiClient client)
{
    readonly List<AmiSignal> _batch = [];
    int _next;

    /// <summary>All signals read so far, in order.</summary>
    public List<AmiSignal> Seen { get; } = [];

    public async Task<T> Next<T>(Func<T, bool>? where = null) where T : AmiSignal
    {
        while (true)
        {
            while (_next < _batch.Count)
            {
                var signal = _batch[_next++];
                Seen.Add(signal);
                if (signal is T found && (where is null || where(found))) return found;
            }
            _next = 0;
            _batch.Clear();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            if (await client.ReadBatchAsync(_batch, cancellation: patience.Token) == 0) throw new InvalidOperationException("The stream ended.");
        }
    }
}
