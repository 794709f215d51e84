using System.Runtime.InteropServices;

namespace Carillon.Demo;

/// <summary>The first Ctrl-C (or SIGTERM) asks for an end, the second makes one.</summary>
sealed class Interrupts : IDisposable
{
    const int ExitCode = 130;

    readonly CancellationTokenSource _asked = new();
    readonly List<PosixSignalRegistration> _registrations;

    public Interrupts() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    public CancellationToken Asked => _asked.Token;

    /// <summary>What must not outlive us.</summary>
    public Action? AtOnce { get; set; }

    void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_asked.IsCancellationRequested)
        {
            _asked.Cancel();
            return;
        }
        AtOnce?.Invoke();
        Console.Write("\e[?25h");
        Environment.Exit(ExitCode);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
    }
}
