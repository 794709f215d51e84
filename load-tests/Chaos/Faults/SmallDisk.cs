using System.Diagnostics;

namespace Carillon.Chaos.Faults;

/// <summary>A file system in memory that can be filled to its last byte. Mounting one takes root.</summary>
sealed class SmallDisk : IDisposable
{
    const string Size = "size=256m";

    SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    string Ballast => Path.Combine(Folder, "ballast");

    /// <returns>Null: this user, or this machine, does not mount.</returns>
    public static SmallDisk? Mount(string folder) => Run("mount", "-t", "tmpfs", "-o", Size, "carillon-chaos", folder) ? new(folder) : null;

    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        // Ever smaller pieces, to the last page.
        for (var size = 1 << 20; size > 0; size /= 2)
        {
            var bytes = new byte[size];
            try
            {
                while (true) ballast.Write(bytes);
            }
            catch (IOException)
            {
            }
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose() => Run("umount", "-l", Folder);

    static bool Run(string program, params string[] args)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
