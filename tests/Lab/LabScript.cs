using System.Diagnostics;

namespace Carillon.Lab;

/// <summary>Runs verbs of deploy/asterisk-lab/asterisk-lab.sh with the settings of one lab.</summary>
sealed class LabScript(IReadOnlyDictionary<string, string> settings)
{
    const string Variable = "CARILLON_TEST_LAB";

    static string? Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>Why no real server can be had, or null.</summary>
    public static string? Missing => Path is null
        ? $"needs real Asterisk servers: run './carillon test Asterisk', or set {Variable} to the path of deploy/asterisk-lab/asterisk-lab.sh"
        : null;

    /// <summary>What the verb printed.</summary>
    /// <exception cref="InvalidOperationException">The verb failed, or took over two minutes; the message holds what it said.</exception>
    public async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path ?? throw new InvalidOperationException(Missing)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var said = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var complained = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await Task.WhenAll(process.WaitForExitAsync(deadline.Token), said, complained);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"asterisk-lab {string.Join(' ', arguments)} took over two minutes.");
        }
        return process.ExitCode == 0
            ? await said
            : throw new InvalidOperationException($"asterisk-lab {string.Join(' ', arguments)} failed: {await complained}");
    }
}
