namespace Carillon.Silo;

static class DataFolder
{
    /// <summary>It holds secrets of Asterisk servers and the keys of sessions: what we make ourselves is for this user alone.</summary>
    static DirectoryInfo Make(string path) => OperatingSystem.IsWindows() || Directory.Exists(path)
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Makes the folder if it is missing, and sees that it can be written to.</summary>
    /// <exception cref="StartRefused">It cannot.</exception>
    public static DirectoryInfo Open(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var folder = Make(full);
            var probe = Path.Combine(full, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The data folder {full} cannot be written to ({e.Message.TrimEnd('.')}); give this user the right to, or choose another one with --data.");
        }
    }
}
