namespace Carillon.Bench.Wallboards;

/// <summary>Pages that are open together and are closed together.</summary>
sealed class OpenPages : List<OpenPage>, IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var page in this) await page.DisposeAsync();
        Clear();
    }
}
