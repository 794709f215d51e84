using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Carillon.RealNode;

/// <summary>The node's REST API, as any client sees it.</summary>
sealed class NodeApi(Uri node) : IDisposable
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly HttpClient _http = new() { BaseAddress = new(node, "api/v1/"), Timeout = TimeSpan.FromMinutes(10), DefaultRequestHeaders = { { "X-Requested-With", "carillon-demo" } } };

    public void UseKey(string key) => _http.DefaultRequestHeaders.Authorization = new("Bearer", key);

    public Task<T> Get<T>(string path) => Send<T>(new(HttpMethod.Get, path));

    public Task<T> Post<T>(string path, object? body = null) => Send<T>(new(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) });

    /// <summary>Replaces a config, whoever wrote it last.</summary>
    public Task<T> Put<T>(string path, object body) =>
        Send<T>(new(HttpMethod.Put, path) { Content = JsonContent.Create(body), Headers = { IfMatch = { EntityTagHeaderValue.Any } } });

    public Task<T> Import<T>(string campaign, Stream list) => Send<T>(ImportRequest(campaign, list));

    /// <summary>Imports a list and hears of its progress.</summary>
    /// <returns>The report, and how often progress was told before it.</returns>
    /// <exception cref="NodeRefused">The node says no, or breaks off.</exception>
    public async Task<(ImportReport Report, int Told)> ImportTold(string campaign, Stream list)
    {
        using var request = ImportRequest(campaign, list);
        request.Headers.Accept.Add(new("application/x-ndjson"));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!answer.IsSuccessStatusCode) throw await Refused(request, answer);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var told = 0;
        while (await lines.ReadLineAsync() is { } line)
        {
            var said = JsonSerializer.Deserialize<ImportLine>(line, Json)!;
            if (said.Report is { } report) return (report, told);
            if (said.Problem is { } problem) throw new NodeRefused(problem);
            told++;
        }
        throw new NodeRefused("The import's answer broke off.");
    }

    static HttpRequestMessage ImportRequest(string campaign, Stream list) =>
        new(HttpMethod.Post, $"campaigns/{campaign}/leads/import") { Content = new StreamContent(list) { Headers = { ContentType = new("text/csv") } } };

    public Task<string> Metrics() => _http.GetStringAsync(new Uri(node, "metrics"));

    public Task<Stream> Calls() => _http.GetStreamAsync(new Uri("calls.csv", UriKind.Relative));

    /// <exception cref="NodeRefused">The node says no; the message is its own.</exception>
    async Task<T> Send<T>(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<T>(Json))!;
        throw await Refused(request, answer);
    }

    static async Task<NodeRefused> Refused(HttpRequestMessage request, HttpResponseMessage answer) =>
        new($"{request.Method} {request.RequestUri} was refused ({(int)answer.StatusCode}): {Detail(await answer.Content.ReadAsStringAsync())}") { Data = { ["status"] = answer.StatusCode } };

    public static bool IsUnauthorized(NodeRefused refused) => refused.Data["status"] is HttpStatusCode.Unauthorized;

    /// <summary>What a problem says, and of which fields.</summary>
    static string Detail(string text)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            var parts = new List<string>();
            if (problem.TryGetProperty("detail", out var detail)) parts.Add(detail.ToString());
            if (problem.TryGetProperty("errors", out var errors)) parts.Add(errors.ToString());
            return parts.Count > 0 ? string.Join(' ', parts) : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    public void Dispose() => _http.Dispose();
}
