using System.Net;
using Carillon.Network;
using Carillon.Silo;
using Carillon.TestKit;
using Microsoft.AspNetCore.Builder;

namespace Carillon.Api.Tests.Running;

/// <summary>A whole node with a simulated telephone network, set up through its API as an administrator would.</summary>
sealed class RunningNode : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-running-");
    int _names;

    public required TelephoneNetwork Network { get; init; }
    public required AmiTap Wire { get; init; }
    public WebApplication App { get; private set; } = null!;
    public HttpClient Client { get; private set; } = null!;
    public Uri Address => new(App.Urls.Single());
    public DirectoryInfo Folder => _folder;
    public string Server { get; private set; } = "";
    public string Schedule { get; private set; } = "";
    public string Queue { get; private set; } = "";
    public string Trunk { get; private set; } = "";

    public static async Task<RunningNode> Start(NetworkConfig network, Action<WebApplicationBuilder>? configure = null, params string[] args)
    {
        var running = new TelephoneNetwork(network).Start();
        var node = new RunningNode { Network = running, Wire = new(running.Servers[0].AmiEndPoint) };
        await node.StartNode(configure, args);
        node.Server = await node.Create("servers", new { name = "pbx1", host = "127.0.0.1", port = node.Wire.Port, username = "dialer", secret = "dialer-secret", channels = 1000, callsPerSecond = 50 });
        node.Trunk = await node.Create("trunks", new { name = "carrier", server = node.Server, dialString = "PJSIP/{number}@carrier", channels = 500, callsPerSecond = 50 });
        node.Queue = await node.Create("queues", new { name = "sales", servers = new[] { node.Server } });
        node.Schedule = await node.Create("schedules", new
        {
            name = "always",
            timeZone = "Etc/UTC",
            unanswered = new { attempts = 1, interval = "00:01:00", hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00", to = "00:00" }) },
        });
        await Until(async () => (await node.Client.Get($"/servers/{node.Server}/snapshot").Json())["state"]!.GetValue<string>() == "Online");
        return node;
    }

    async Task StartNode(Action<WebApplicationBuilder>? configure, string[] args)
    {
        App = Node.Create(["--data", _folder.FullName, "--port", "0", $"--Api:AdminPassword={TestNode.AdminPassword}", .. args], configure);
        await App.StartAsync();
        Client = new(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = Address, DefaultRequestHeaders = { { "X-Requested-With", "test" } } };
        await Client.Post("/session", new { login = "admin", password = TestNode.AdminPassword }).Expect(HttpStatusCode.OK);
    }

    public string NewName() => $"n{++_names}";

    public async Task<string> Create(string kind, object config) => (await Client.Post("/" + kind, config).Json(HttpStatusCode.Created)).Id();

    /// <summary>A campaign of the usual parts, not started.</summary>
    public Task<string> Campaign() => Create("campaigns", new { name = NewName(), schedule = Schedule, queue = Queue, trunks = new[] { Trunk }, channels = 50 });

    public async Task Import(string campaign, string list, string type = "text/plain") =>
        await Client.PostText($"/campaigns/{campaign}/leads/import", list, type).Expect(HttpStatusCode.OK);

    /// <param name="otherwise">Says how things stand, when it never came.</param>
    public static Task Until(Func<Task<bool>> holds, Func<Task<string>>? otherwise = null) => Wait.Until(holds, otherwise);

    public Task StartCampaign(string campaign) => Client.Post($"/campaigns/{campaign}/start").Expect(HttpStatusCode.OK);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await Wire.DisposeAsync();
        await Network.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
