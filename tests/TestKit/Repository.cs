namespace Carillon.TestKit;

/// <summary>The tree that the tests were built from. Found from where they run: a deterministic build hides where its sources lay.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("Cluster.sln is nowhere above the tests.");
        return folder.FullName;
    }
}
