using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Carillon.RealNode;

/// <summary>A real node as a child process. What it logs goes to a file beside its data.</summary>
sealed partial class NodeProcess : IAsyncDisposable
{
    const string Listening = "Carillon listens on ";
    const string StandingBy = "Carillon stands by on ";
    const int Terminate = 15;
    const int Continue = 18;
    const int Suspend = 19;

    // A Ctrl-C reaches every process of the terminal; the node has to outlive it until it is told to stop.
    const string WithoutInterrupts = "trap '' INT; exec \"$0\" \"$@\"";

    static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<Uri> _standby = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> _errors = [];
    readonly string _logFile;
    readonly Lock _lock = new();
    TextWriter _log = new StringWriter();

    NodeProcess(Process process, string logFile) => (_process, _logFile) = (process, logFile);

    public Uri Url => _url.Task.Result;

    /// <summary>Completes when it works: for a standby, when its turn has come.</summary>
    public Task<Uri> Listens => _url.Task;

    /// <summary>Where a standby shows that it waits.</summary>
    public Uri StandbyUrl => _standby.Task.Result;

    /// <summary>What it said to be wrong.</summary>
    public string Errors { get { lock (_lock) return string.Join('\n', _errors); } }

    public Process Process => _process;

    /// <summary>The most that was resident so far, bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <param name="log">File for what the node says.</param>
    /// <param name="begun">Is told the process' id, before the node is at work.</param>
    /// <exception cref="NodeRefused">The node ended before it listened; the message is what it said.</exception>
    public static async Task<NodeProcess> StartAsync(IEnumerable<string> args, IReadOnlyDictionary<string, string> environment, string log, CancellationToken cancel, Action<int>? begun = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", WithoutInterrupts, DotNet(), Executable(), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var node = new NodeProcess(new() { StartInfo = start, EnableRaisingEvents = true }, log);
        node._process.OutputDataReceived += (_, line) => node.Said(line.Data);
        node._process.ErrorDataReceived += (_, line) => node.Complained(line.Data);
        node._process.Start();
        begun?.Invoke(node._process.Id);
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        await Task.WhenAny(node._url.Task, node._standby.Task, node._process.WaitForExitAsync(cancel));
        if (node._url.Task.IsCompletedSuccessfully || node._standby.Task.IsCompletedSuccessfully) return node;
        await node.DisposeAsync();
        cancel.ThrowIfCancellationRequested();
        throw new NodeRefused(node.Errors.Length > 0 ? node.Errors : $"The node ended before it listened: {node._log}");
    }

    /// <summary>Asks the node to stop, as an operating system does, and waits for it.</summary>
    /// <returns>Its exit code; null if it had to be killed.</returns>
    public async Task<int?> StopAsync()
    {
        if (!_process.HasExited) _ = Kill(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void KillAtOnce()
    {
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>As a machine that stands still: the process does nothing, and its connections stay open.</summary>
    public void Freeze() => _ = Kill(_process.Id, Suspend);

    public void Thaw() => _ = Kill(_process.Id, Continue);

    void Said(string? line)
    {
        if (line is null) return;
        lock (_lock)
        {
            _log.WriteLine(line);
            if (!line.StartsWith(Listening, StringComparison.Ordinal) && !line.StartsWith(StandingBy, StringComparison.Ordinal)) return;
            OpenLog();
        }
        var (said, url) = line.StartsWith(Listening, StringComparison.Ordinal) ? (Listening, _url) : (StandingBy, _standby);
        url.TrySetResult(new(line[said.Length..].Split(',')[0]));
    }

    void Complained(string? line)
    {
        if (line is null) return;
        lock (_lock)
        {
            _errors.Add(line);
            _log.WriteLine(line);
        }
    }

    /// <summary>Not before the node listens: if its folder cannot be written to, that is for the node to say.</summary>
    void OpenLog()
    {
        if (_log is StreamWriter) return;
        var file = new StreamWriter(_logFile) { AutoFlush = true };
        file.Write(_log.ToString());
        _log = file;
    }

    /// <summary>Beside us, of the same build: artifacts/HOST/bin/Silo/CONFIGURATION.</summary>
    static string Executable()
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(ours.Parent!.Parent!.FullName, "Silo", ours.Name, "Carillon.Silo.dll");
        return File.Exists(path) ? path : throw new NodeRefused($"The node is not built: there is no {path}. Run ./carillon build.");
    }

    static string DotNet() =>
        Environment.ProcessPath is { } us && Path.GetFileNameWithoutExtension(us) == "dotnet" ? us : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    public async ValueTask DisposeAsync()
    {
        KillAtOnce();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }
}
