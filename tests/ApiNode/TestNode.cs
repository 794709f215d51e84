using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Api.Access;
using Carillon.Storage;
using Carillon.TestKit;
using Carillon.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Api.Tests;

/// <summary>The API on Kestrel with a real SQLite file; only the grains are fakes.</summary>
public class TestNode : IAsyncLifetime
{
    public const string AdminPassword = "correct horse battery";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-api-");
    readonly List<HttpClient> _clients = [];
    IHost _host = null!;
    Door? _door;
    (string Name, string Value) _throughDoor;

    internal FakeGrains Grains { get; } = new();
    public FakeTime Time { get; } = new();
    public StringWriter Output { get; } = new();
    public Uri Address { get; private set; } = null!;

    protected virtual Dictionary<string, string?> Settings => new() { ["Api:AdminPassword"] = AdminPassword };

    /// <summary>HTTP comes through the <see cref="Door"/> of all such nodes. One that differs from the plain node has an own one.</summary>
    protected virtual bool SharesDoor => GetType() == typeof(TestNode);

    public IServiceProvider Services => _host.Services;

    public T Service<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        if (SharesDoor)
        {
            var inner = Host.CreateEmptyApplicationBuilder(new());
            Equip(inner);
            _host = inner.Build();
            await _host.StartAsync();
            _door = await Door.Shared;
            (Address, _throughDoor) = (_door.Address, _door.LeadTo(Services));
            return;
        }
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        Equip(builder);
        var app = builder.Build();
        _host = app;
        Use(app);
        app.MapCarillonApi();
        await app.StartAsync();
        Address = new(app.Urls.Single());
    }

    void Equip(IHostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddRouting().AddDataProtection();
        builder.Services.AddLogging(log => log.ClearProviders());
        builder.Services.AddSingleton<TimeProvider>(Time).AddSingleton(Grains.Factory);
        builder.Services.AddKeyedSingleton<TextWriter>(FirstAdministrator.Output, Output);
        builder.Services.AddCarillonStorage(o => o.ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "test.db")}");
        builder.Services.AddCarillonApi();
    }

    /// <summary>What comes before all that the API does with a request.</summary>
    protected virtual void Use(WebApplication app)
    {
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        _door?.Forget(_throughDoor);
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A client without any credentials, which keeps cookies.</summary>
    public HttpClient Nobody()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = Address };
        if (SharesDoor) client.DefaultRequestHeaders.Add(_throughDoor.Name, _throughDoor.Value);
        _clients.Add(client);
        return client;
    }

    public HttpClient WithKey(string key)
    {
        var client = Nobody();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A client with the API key of a new user.</summary>
    public async Task<HttpClient> As(Role role, string[]? groups = null, string? agent = null) => WithKey(await NewKey(role, groups, agent));

    public async Task<string> NewKey(Role role, string[]? groups = null, string? agent = null)
    {
        var (id, key) = (await NewUser(role, groups, agent), KeyAuthentication.NewKey());
        await Service<ApiKeyStore>().InsertAsync(new() { Id = id, User = id, Name = "test", CreatedAt = Time.GetUtcNow() }, KeyAuthentication.Hash(key));
        return key;
    }

    /// <summary>Who signs in by no password.</summary>
    public async Task<string> NewUser(Role role, string[]? groups = null, string? agent = null)
    {
        var id = SortableId.New(Time.GetUtcNow());
        var user = new UserConfig { Login = $"{role}-{id}", Role = role, Groups = [.. groups ?? []], Agent = agent is null ? null : new AgentId(agent) };
        await Service<UserStore>().InsertAsync(id, user, null, Passwords.NewStamp());
        return id;
    }

    public Task<HttpClient> Administrator() => As(Role.Administrator);
}

static class Http
{
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object? body = null) =>
        client.PostAsync("/api/v1" + path, body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web));

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body, string idempotencyKey) => client.SendAsync(
        new(HttpMethod.Post, "/api/v1" + path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web), Headers = { { "Idempotency-Key", idempotencyKey } } });

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string text, string type = "application/json") =>
        client.PostAsync("/api/v1" + path, new StringContent(text, MediaTypeHeaderValue.Parse(type)));

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync("/api/v1" + path);

    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path) => client.DeleteAsync("/api/v1" + path);

    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body, string? ifMatch = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1" + path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return client.SendAsync(request);
    }

    public static async Task<JsonNode> Json(this Task<HttpResponseMessage> answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await answer;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"Expected {(int)expected}, got {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static async Task Expect(this Task<HttpResponseMessage> answer, HttpStatusCode expected) => await answer.Json(expected);

    /// <summary>The sentence of a refusal that names the field.</summary>
    public static async Task<string> Error(this Task<HttpResponseMessage> answer, string field, HttpStatusCode expected = HttpStatusCode.BadRequest)
    {
        var problem = await answer.Json(expected);
        var sentence = problem["errors"]?[field]?[0]?.GetValue<string>();
        Assert.True(sentence is not null, $"No error for {field}: {problem}");
        return sentence!;
    }

    /// <summary>The fields that a refused request names, in order.</summary>
    public static async Task<IReadOnlyList<string>> RefusedFields(this Task<HttpResponseMessage> answer) =>
        [.. (await answer.Json(HttpStatusCode.BadRequest))["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal)];

    public static string Id(this JsonNode stored) => stored["id"]!.GetValue<string>();
}
