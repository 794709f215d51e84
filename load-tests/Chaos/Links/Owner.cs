using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Carillon.Chaos.Links;

/// <summary>Which of several processes on this machine has connected to us, https://docs.kernel.org/networking/proc_net_tcp.html.</summary>
static class Owner
{
    public const string Table = "/proc/net/tcp";

    const int Local = 1, Remote = 2, Inode = 9;

    /// <param name="caller">The connection, as it has come to us.</param>
    /// <param name="nodes">Those that it can be.</param>
    /// <param name="process">The process of a node; null: it has none now.</param>
    /// <returns>Null: it is none of them.</returns>
    public static int? Of(Socket caller, IEnumerable<int> nodes, Func<int, int?> process)
    {
        var (theirs, ours) = (Text(caller.RemoteEndPoint!), Text(caller.LocalEndPoint!));
        var row = File.ReadLines(Table).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(columns => columns[Local] == theirs && columns[Remote] == ours);
        if (row is null) return null;
        var socket = $"socket:[{row[Inode]}]";
        foreach (var node in nodes)
            if (process(node) is { } id && Has(id, socket)) return node;
        return null;
    }

    /// <summary>As the table has it: the address as the machine keeps it in memory, and the port.</summary>
    static string Text(EndPoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(((IPEndPoint)point).Address.GetAddressBytes()):X8}:{((IPEndPoint)point).Port:X4}");

    static bool Has(int process, string socket)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Any(f => LinkTarget(f) == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return false;
        }
    }

    /// <summary>Null: it was closed since.</summary>
    static string? LinkTarget(FileSystemInfo file)
    {
        try
        {
            return file.LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
