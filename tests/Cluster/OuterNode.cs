using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

[assembly: UnsupportedOSPlatform("windows")]

namespace Carillon.Cluster.Tests;

/// <summary>A node as a process of its own, which can be killed and frozen.</summary>
sealed partial class OuterNode : Node
{
    const string Listening = "Carillon listens on ";
    const int Kill = 9, Terminate = 15, Continue = 18, Stop = 19;

    readonly Process _process;
    readonly EventHandler _atLast;
    readonly List<string> _lines = [];
    readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    OuterNode(Process process)
    {
        (_process, _atLast) = (process, (_, _) => Signal(process, Kill));
        AppDomain.CurrentDomain.ProcessExit += _atLast;
    }

    public override Uri Url => _url.Task.Result;

    public string Said { get { lock (_lines) return string.Join('\n', _lines); } }

    public static async Task<OuterNode> Start(Center center, string deadAfter, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Carillon.Silo.dll"));
        foreach (var setting in Settings(center, deadAfter, settings)) start.ArgumentList.Add(setting);
        var process = Process.Start(start)!;
        var node = new OuterNode(process);
        process.OutputDataReceived += (_, line) => node.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => node.Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(node._url.Task, process.WaitForExitAsync());
        return node._url.Task.IsCompleted ? node : throw new InvalidOperationException($"The node ended before it listened:\n{node.Said}");
    }

    /// <summary>As by a power cut: nothing is said to anybody.</summary>
    public Task Die() => End(Kill);

    /// <summary>As an operating system asks for it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Leave()
    {
        await End(Terminate);
        return _process.ExitCode;
    }

    public void Freeze() => Signal(_process, Stop);

    public void Thaw() => Signal(_process, Continue);

    public bool HasEnded => _process.HasExited;

    /// <summary>It ends by itself, because the others have taken it for dead, or it leaves its servers to them.</summary>
    public Task WhenEnded() => _process.WaitForExitAsync();

    Task End(int signal)
    {
        Signal(_process, signal);
        return _process.WaitForExitAsync();
    }

    void Hear(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
        if (line.StartsWith(Listening, StringComparison.Ordinal)) _url.TrySetResult(new(line[Listening.Length..].Split(',')[0]));
    }

    static void Signal(Process process, int signal)
    {
        if (!process.HasExited) _ = SendSignal(process.Id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    public override async ValueTask DisposeAsync()
    {
        await Die();
        AppDomain.CurrentDomain.ProcessExit -= _atLast;
        _process.Dispose();
    }
}
