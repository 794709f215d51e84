using System.Globalization;
using Carillon.Ami;

namespace Carillon.Lab;

/// <summary>
/// A carrier and two Asterisks of version AST (22 unless set), started once for all tests that share it, at addresses of
/// their own. What a test changes in a server it changes back: the next test finds all three running and without calls.
/// </summary>
public sealed class AsteriskLab : IAsyncLifetime
{
    const int Count = 2;

    DirectoryInfo? _made;
    LabScript _script = new(new Dictionary<string, string>());

    /// <summary>16 or 22.</summary>
    public int Version { get; private set; }

    public LabServer Carrier { get; private set; } = null!;

    /// <summary>pbx1 and pbx2.</summary>
    public IReadOnlyList<LabServer> Servers { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (LabScript.Missing is not null) return;
        // Not the test's own folder: the path of a socket has 108 bytes.
        var run = Environment.GetEnvironmentVariable("ASTERISK_LAB_RUN") ?? (_made = Directory.CreateTempSubdirectory("lab")).FullName;
        var network = LabNetwork.FindFree(Count);
        _script = new(new Dictionary<string, string>
        {
            ["ASTERISK_LAB_RUN"] = run,
            ["ASTERISK_LAB_NET"] = network,
            ["ASTERISK_LAB_OWNER"] = $"{Environment.ProcessId}",
        });
        Carrier = new("carrier", LabNetwork.Address(network, 0), LabNetwork.AmiPort);
        Servers = [.. Enumerable.Range(1, Count).Select(i => new LabServer($"pbx{i}", LabNetwork.Address(network, i), LabNetwork.AmiPort))];
        await _script.Run("start", $"{Count}");
        Version = (await Cli("pbx1", "core show version")).Contains("Asterisk 16.", StringComparison.Ordinal) ? 16 : 22;
    }

    public async Task DisposeAsync()
    {
        if (LabScript.Missing is not null) return;
        await _script.Run("stop");
        _made?.Delete(recursive: true);
    }

    /// <summary>A command on the console of carrier, pbx1 or pbx2.</summary>
    public Task<string> Cli(string name, string command) => _script.Run("cli", name, command);

    /// <summary>How many channels a server has now.</summary>
    public async Task<int> Channels(string name)
    {
        var said = await Cli(name, "core show channels count");
        return int.Parse(said.Split(' ', 2)[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Hangs up everything, stops and boots again; done when it is fully booted. By <paramref name="kill"/> nobody is told.</summary>
    public async Task RestartAsync(string name, bool kill = false)
    {
        await (kill ? KillAsync(name) : StopAsync(name));
        await StartAsync(name);
    }

    /// <summary>SIGKILL: its sockets close, its calls are gone and nobody is told. <see cref="StartAsync"/> ends that.</summary>
    public Task KillAsync(string name) => _script.Run("down", name, "--kill");

    /// <summary>An orderly end, as an administrator does it. <see cref="StartAsync"/> ends that.</summary>
    public Task StopAsync(string name) => _script.Run("down", name);

    /// <summary>Boots it. Calls that the carrier still has with it, because it was killed, are hung up.</summary>
    public async Task StartAsync(string name)
    {
        await using (var carrier = await Listener.Connected(Carrier.Options)) await carrier.Client.SendAsync(Actions.Hangup($"/^PJSIP\\/{name}-/"));
        await _script.Run("up", name);
    }

    /// <summary>The server stands still with all its sockets open. <see cref="ThawAsync"/> ends that.</summary>
    public Task FreezeAsync(string name) => _script.Run("freeze", name);

    public Task ThawAsync(string name) => _script.Run("thaw", name);
}
