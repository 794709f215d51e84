using Carillon.Api;
using Carillon.Network;
using Carillon.Silo;
using Carillon.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Carillon.Browser.Tests;

/// <summary>A real node on a simulated telephone network, both in this process, and a browser beside them.</summary>
public class Site : IAsyncLifetime
{
    public const string Password = "a bell of forty tons";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-browser-");
    IPlaywright? _playwright;
    WebApplication _node = null!;
    int _port;

    /// <summary>How many times faster than life calls go.</summary>
    protected virtual double Speed => 4;

    /// <summary>Shorter than in life, where who waits for the last of a dozen calls waits for minutes.</summary>
    static readonly FateConfig Fates = new() { ByPrefix = false, LongTalk = TimeSpan.FromSeconds(60), LongTalkVariation = 0.3 };

    internal TelephoneNetwork Network { get; private set; } = null!;
    internal NodeClient Api { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Path is not { } chromium) return;
        var world = NetworkConfig.Of(servers: 2, agents: 8, trunkCapacity: 40);
        Network = new TelephoneNetwork(world with { Speed = Speed, Log = new(Capacity: 1), Fates = Fates }).Start();
        await StartNode();
        Api = await NodeClient.SignIn(Address, Password);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Visit.Patience);
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        Api?.Dispose();
        if (_node is not null) await StopNode();
        if (Network is not null) await Network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The node goes down and comes back on its port, with its data.</summary>
    public async Task RestartNode(Func<Task> whileDown)
    {
        await StopNode();
        await whileDown();
        await StartNode();
    }

    async Task StartNode()
    {
        _node = Node.Create(["--data", _folder.FullName, "--port", $"{_port}"], builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("CARILLON_ADMIN_PASSWORD", Password)]);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        });
        await _node.Services.GetRequiredService<Database>().OpenAsync();
        await _node.StartAsync();
        Address = new(_node.Urls.Single());
        _port = Address.Port;
    }

    async Task StopNode()
    {
        await _node.StopAsync();
        await _node.DisposeAsync();
    }
}

/// <summary>One node, network and browser for all tests that use them, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "site";
}

/// <summary>One that nobody else uses, whose calls are soon over.</summary>
public sealed class OwnSite : Site
{
    protected override double Speed => 40;
}
