using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Carillon.Browser.Tests;

/// <summary>The REST API, for what a test needs before its first page.</summary>
sealed class NodeClient : IDisposable
{
    readonly HttpClient _http;

    NodeClient(Uri node) => _http = new() { BaseAddress = new(node, "api/v1/"), DefaultRequestHeaders = { { "X-Requested-With", "test" } } };

    public static async Task<NodeClient> SignIn(Uri node, string password)
    {
        var client = new NodeClient(node);
        await client.Post("session", new { login = "admin", password });
        return client;
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;

    public async Task<string> Make(string kind, object config) => (await Post(kind, config))["id"]!.GetValue<string>();

    public async Task<JsonNode> Post(string path, object? body = null)
    {
        using var answer = await _http.PostAsJsonAsync(path, body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async Task Delete(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"DELETE {path}: {(int)answer.StatusCode}");
    }

    public async Task Import(string campaign, string list, string? name = null)
    {
        using var body = new StringContent(list, new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));
        using var answer = await _http.PostAsync($"campaigns/{campaign}/leads/import{(name is null ? "" : "?listName=" + name)}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
