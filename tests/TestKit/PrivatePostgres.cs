using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Carillon.TestKit;

/// <summary>
/// A PostgreSQL server of our own in a temporary folder, reached through a Unix socket unless its settings say else. It is stopped and removed when disposed, at the
/// latest when the process ends.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    public const string User = "carillon";
    public const string Password = "only for tests";

    readonly string _bin;
    readonly string _folder;
    readonly string _data;
    readonly string _options;
    bool _running;

    PrivatePostgres(string bin, string folder, string data, string options) => (_bin, _folder, _data, _options) = (bin, folder, data, options);

    /// <summary>The folder with initdb and postgres; null if there is none on this machine.</summary>
    public static string? FindPrograms()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(d => d.Length > 0 && File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    public string ConnectionString(string database = "postgres") => $"Host={_folder};Database={database};Username={User};Password={Password}";

    /// <summary>For clients on the same machine.</summary>
    public UnixDomainSocketEndPoint EndPoint => new(Path.Combine(_folder, ".s.PGSQL.5432"));

    /// <param name="port">Of 127.0.0.1, from where connections are passed on to <see cref="EndPoint"/>.</param>
    public static string ConnectionStringThrough(int port, string database = "postgres") => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database={database};Username={User};Password={Password}");

    /// <param name="settings">Further settings, such as <c>fsync=off</c>.</param>
    public static Task<PrivatePostgres> StartAsync(params string[] settings) => StartInAsync(null, settings);

    /// <param name="parent">A folder in which the data lie, for the caller to remove; null: beside the socket.</param>
    /// <param name="settings">Further settings, such as <c>fsync=off</c>.</param>
    public static async Task<PrivatePostgres> StartInAsync(string? parent, params string[] settings)
    {
        var bin = FindPrograms() ?? throw new InvalidOperationException("PostgreSQL's initdb was not found.");
        var folder = Directory.CreateTempSubdirectory("carillon-pg-").FullName;
        var options = string.Join(' ', ((string[])["listen_addresses=", "max_connections=200", $"unix_socket_directories={folder}", .. settings]).Select(s => $"-c {s}"));
        var server = new PrivatePostgres(bin, folder, Path.Combine(parent ?? folder, "data"), options);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        try
        {
            var passwordFile = Path.Combine(folder, "password");
            await File.WriteAllTextAsync(passwordFile, Password);
            if (Environment.IsPrivilegedProcess) await RunAsync("chown", "-R", "postgres", folder, parent ?? folder);
            await server.AsServerAsync("initdb", "-D", server._data, "-U", User, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync");
            await server.UpAsync();
            return server;
        }
        catch
        {
            server.Stop();
            throw;
        }
    }

    /// <summary>Starts the server again after <see cref="DownAsync"/>.</summary>
    public async Task UpAsync()
    {
        _running = true;
        await AsServerAsync("pg_ctl", "-D", _data, "-l", Path.Combine(_folder, "log"), "-w", "-o", _options, "start");
    }

    /// <param name="atOnce">As by a crash: what was not committed is gone, and the log is replayed at the next start. Else every session is told.</param>
    public async Task DownAsync(bool atOnce)
    {
        await AsServerAsync("pg_ctl", "-D", _data, "-m", atOnce ? "immediate" : "fast", "-w", "stop");
        _running = false;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    void Stop()
    {
        if (_running) AsServerAsync("pg_ctl", "-D", _data, "-m", "immediate", "-w", "stop").GetAwaiter().GetResult();
        _running = false;
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    Task AsServerAsync(string program, params string[] args) => Environment.IsPrivilegedProcess
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(_bin, program), .. args])
        : RunAsync(Path.Combine(_bin, program), args);

    static async Task RunAsync(string program, params string[] args)
    {
        // The server inherits what pg_ctl has open, so its output must not be a pipe that somebody waits for.
        var shell = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        shell.ArgumentList.Add(program);
        foreach (var arg in args) shell.ArgumentList.Add(arg);
        using var process = Process.Start(shell)!;
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', args)} ended with {process.ExitCode}.");
    }
}
