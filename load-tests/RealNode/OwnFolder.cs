namespace Carillon.RealNode;

/// <summary>A folder of a tool's own, removed in the end with all that is in it.</summary>
sealed class OwnFolder : IDisposable
{
    OwnFolder(string path) => Path = path;

    public string Path { get; }

    public static implicit operator string(OwnFolder folder) => folder.Path;

    /// <param name="name">What its name begins with.</param>
    /// <param name="parent">Where it lies; made if it is not there. Null: among the temporary files.</param>
    /// <exception cref="NodeRefused">It cannot be made there.</exception>
    public static OwnFolder Make(string name, string? parent)
    {
        if (parent is null) return new(Directory.CreateTempSubdirectory(name).FullName);
        try
        {
            return new(Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), name + System.IO.Path.GetRandomFileName())).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeRefused($"Nothing can be written to {parent} ({e.Message}). Name another folder with --data.");
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
