namespace Carillon.Api.Statistics;

/// <summary>Sums over many calls are read one at a time on a node: each takes a processor for as long as it reads. The others wait, and calls go on.</summary>
sealed class SumPlace : IDisposable
{
    readonly SemaphoreSlim _place = new(1);

    public async Task<T> Read<T>(Func<Task<T>> read, CancellationToken cancel)
    {
        await _place.WaitAsync(cancel);
        try
        {
            return await read();
        }
        finally
        {
            _place.Release();
        }
    }

    public void Dispose() => _place.Dispose();
}
