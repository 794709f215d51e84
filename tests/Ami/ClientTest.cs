using Carillon.TestKit;

namespace Carillon.Ami.Tests;

/// <summary>A client and a scripted server; the clock stands unless the test moves it, and reconnections have no delay.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    AmiClient? _client;
    SignalReader? _signals;

    protected ClientTest() => Options = Server.Options with { PingInterval = TimeSpan.FromHours(1) };

    private protected ScriptedAmiServer Server { get; } = new();

    protected FakeTime Time { get; } = new();

    protected AmiClientOptions Options { get; set; }

    protected AmiClient Client => _client ??= new AmiClient(Options, Time, random: () => 0);

    private protected SignalReader Signals => _signals ??= new SignalReader(Client);

    protected static Originate Call { get; } = new() { Channel = "PJSIP/1@trunk", ChannelId = "call-1", Application = "Queue", Data = "sales" };

    protected void Connect() => Client.Start();

    protected async Task Connected()
    {
        Connect();
        await Signals.Next<AmiSnapshot>();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
