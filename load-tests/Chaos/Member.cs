using System.Globalization;

namespace Carillon.Chaos;

/// <summary>One of the nodes under test, through all its lives.</summary>
sealed class Member(string folder, string name, IReadOnlyList<string> args) : IAsyncDisposable
{
    /// <summary>As a service manager does: what cannot start yet is started again, until then.</summary>
    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    static readonly TimeSpan StartPause = TimeSpan.FromSeconds(1);

    NodeProcess? _process;
    int _starts;

    /// <summary>Of its newest life, from the beginning of that on.</summary>
    public int? ProcessId { get; private set; }

    public bool HasEnded => _process is { HasExited: true };

    /// <summary>It was started and lives; a standby's turn has come.</summary>
    public bool Works => _process is { HasExited: false, Listens.IsCompletedSuccessfully: true };

    public Uri Url => _process!.Url;

    public async Task Start()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                var environment = new Dictionary<string, string> { ["CARILLON_ADMIN_PASSWORD"] = Setup.Password, ["Logging__LogLevel__Default"] = "Warning", ["Logging__LogLevel__Carillon.Servers"] = "Information" };
                var log = string.Create(CultureInfo.InvariantCulture, $"{name}-{++_starts:000}.log");
                _process = await NodeProcess.StartAsync(args, environment, Path.Combine(folder, log), limit.Token, id => ProcessId = id);
                return;
            }
            catch (NodeRefused) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(StartPause, limit.Token);
            }
        }
    }

    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    /// <summary>By SIGTERM.</summary>
    /// <returns>Its exit code; null if it had to be killed.</returns>
    public async Task<int?> Leave()
    {
        var code = await _process!.StopAsync();
        await DisposeAsync();
        return code;
    }

    /// <summary>By SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
    }
}
