namespace Carillon.Storage;

/// <summary>A locked file beside the database; the operating system gives it free when the process ends.</summary>
sealed class SqliteNodeLock : NodeLock
{
    /// <summary>Linux' EWOULDBLOCK: somebody else has locked the file.</summary>
    const int WouldBlock = 11;

    readonly FileStream _file;

    SqliteNodeLock(FileStream file) => _file = file;

    /// <returns>Null: another process holds it.</returns>
    public static SqliteNodeLock? TryTake(string database)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        try
        {
            return new(new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    public override Task<bool> IsHeldAsync(CancellationToken cancel = default) => Task.FromResult(true);

    public override ValueTask DisposeAsync() => _file.DisposeAsync();
}
