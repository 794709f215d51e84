using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Threading.Channels;

[assembly: UnsupportedOSPlatform("windows")]

namespace Carillon.Tools.Tests;

/// <summary>A tool of the same build as these tests, as its own process. What outlives a test is killed.</summary>
sealed partial class Tool : IAsyncDisposable
{
    const int Interrupted = 2;

    readonly Process _process;
    readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    readonly List<string> _said = [];

    Tool(Process process) => _process = process;

    /// <summary>All that it printed, on both outputs.</summary>
    public string Said { get { lock (_said) return string.Join('\n', _said); } }

    public static Tool Start(string name, params string[] args)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(ours.Parent!.Parent!.FullName, name, ours.Name, $"Carillon.{name}.dll");
        // Jobs in the background of a script are started with SIGINT ignored, and whatever they start inherits that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var tool = new Tool(new() { StartInfo = start });
        tool._process.OutputDataReceived += (_, line) => tool.Hear(line.Data);
        tool._process.ErrorDataReceived += (_, line) => tool.Hear(line.Data);
        tool._process.Start();
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        return tool;
    }

    /// <summary>Waits for a line that holds a text.</summary>
    public async Task UntilSaid(Regex text)
    {
        using var ended = new CancellationTokenSource();
        _ = _process.WaitForExitAsync().ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
        try
        {
            while (!text.IsMatch(await _lines.Reader.ReadAsync(ended.Token))) { }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It ended before it said '{text}':\n{Said}");
        }
    }

    /// <summary>As Ctrl-C does.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, Interrupted));

    /// <returns>The exit code.</returns>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Add(line);
        _lines.Writer.TryWrite(line);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
