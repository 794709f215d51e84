using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Campaigns;
using Carillon.TestKit;

namespace Carillon.Cluster.Tests;

/// <summary>A node of the cluster, seen through its API.</summary>
abstract class Node : IAsyncDisposable
{
    HttpClient? _admin;

    public abstract Uri Url { get; }

    /// <summary>Ends it, if it still runs.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Signed in as the administrator at this node.</summary>
    public async Task<HttpClient> Admin()
    {
        if (_admin is not null) return _admin;
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = Url, DefaultRequestHeaders = { { "X-Requested-With", "test" } } };
        (await client.PostAsJsonAsync("/api/v1/session", new { login = "admin", password = Center.AdminPassword })).EnsureSuccessStatusCode();
        return _admin = client;
    }

    public async Task<JsonElement> Get(string path) => await (await Admin()).GetFromJsonAsync<JsonElement>("/api/v1/" + path);

    public async Task<JsonElement> Post(string path, object? body = null)
    {
        using var answer = await (await Admin()).PostAsJsonAsync("/api/v1/" + path, body ?? new { });
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> Campaign(string command) => Post($"campaigns/{Center.Spring}/{command}");

    public Task<JsonElement> Until(Func<JsonElement, bool> condition) => GrainNode.Until(() => Get($"campaigns/{Center.Spring}/progress"), condition);

    public Task UntilStatus(CampaignStatus status) => Until(p => p.GetProperty("status").GetString() == status.ToString());

    public Task UntilTalking(int calls) => Until(p => p.GetProperty("talking").GetInt32() >= calls);

    public Task UntilOnline(ServerId server) => GrainNode.Until(() => Get($"servers/{server}/snapshot"), s => s.GetProperty("state").GetString() == "Online");

    protected static string[] Settings(Center center, string deadAfter, params string[] more) =>
    [
        "--data", center.NewFolder(), "--port", "0", "--storage", center.Storage, "--cluster", center.Id, "--Cluster:SiloPort=0", "--Cluster:GatewayPort=0",
        $"--Cluster:DeadAfter={deadAfter}", $"--Api:AdminPassword={Center.AdminPassword}", "--Api:EventInterval=00:00:00.2",
        "--Servers:CheckInterval=00:00:01", "--Servers:ChannelGrace=00:00:04", "--Campaigns:InCallRest=00:00:00.2", .. more,
    ];
}
