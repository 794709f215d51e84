using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Calls;
using Carillon.Campaigns;
using Carillon.Users;
using NSubstitute;

namespace Carillon.Api.Tests.Security;

/// <summary>
/// One of everything, of one group, and for each operation of the API a request that an administrator can carry out on it. An operation that is not known here
/// makes the tests fail that walk them all: that is how a new endpoint comes under them.
/// </summary>
sealed class GroupWorld
{
    public const string Agent = "PJSIP/777";
    public const string Secret = "hush-hush-secret-1";
    public const string Password = "hush-hush-password-2";
    const string Number = "+74955550101";
    static readonly string[] Shared = ["servers", "trunks", "calendars", "contact-rules", "groups"];

    readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _spare = new(StringComparer.Ordinal);
    long _lead;
    string _name = "";

    public required HttpClient Client { get; init; }
    public required string Group { get; init; }
    /// <summary>A browser's session of a user of its own.</summary>
    public required HttpClient Session { get; init; }
    public required string SessionLogin { get; init; }

    public static async Task<GroupWorld> Make(TestNode node)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        var client = await node.As(Role.Administrator, agent: Agent + name);
        var group = (await client.Post("/groups", new { name }).Json(HttpStatusCode.Created)).Id();
        var login = "robot-" + name;
        await client.Post("/users", new { config = new { login, role = "Administrator" }, password = Password }).Expect(HttpStatusCode.Created);
        var session = node.Nobody();
        session.DefaultRequestHeaders.Add("X-Requested-With", "test");
        await session.Post("/session", new { login, password = Password }).Expect(HttpStatusCode.OK);

        var world = new GroupWorld { Client = client, Group = group, Session = session, SessionLogin = login };
        world._used["groups"] = group;
        // In the order in which they need one another; each a second time, for what is deleted.
        foreach (var kind in new[] { "servers", "trunks", "queues", "schedules", "calendars", "contact-rules", "campaigns", "dispositions", "agents", "users", "keys", "groups" })
        {
            world._name = name;
            if (!world._used.ContainsKey(kind)) world._used[kind] = await world.Create(kind);
            world._name = name + "s";
            world._spare[kind] = await world.Create(kind);
        }
        world._name = name + "n";
        var campaign = world._used["campaigns"];
        var call = await CallRecords.Ended(node, campaign, Outcome.HumanAnswered, Agent + name);
        (world._used["calls"], world._lead) = (call.Intent.Id.Value, call.Intent.LeadId);
        await client.Post("/do-not-call", new { numbers = new[] { Number } }).Expect(HttpStatusCode.OK);
        await client.Post($"/campaigns/{campaign}/do-not-call", new { numbers = new[] { Number } }).Expect(HttpStatusCode.OK);
        _ = node.Grains.Factory.GetGrain<ICampaignGrain>(campaign);
        var grain = node.Grains.Get<ICampaignGrain>(campaign);
        grain.DialPreview(default, default).ReturnsForAnyArgs(PreviewResult.Done);
        grain.SkipPreview(default, default, default!).ReturnsForAnyArgs(PreviewResult.Done);
        return world;
    }

    async Task<string> Create(string kind) => (await Client.Post("/" + kind, Body(kind)).Json(HttpStatusCode.Created)).Id();

    /// <summary>Whether a supervisor of another group finds it: what has no group of its own is for all supervisors to read.</summary>
    public static bool IsForAllSupervisors(Operation operation) => Array.Exists(Shared, kind => operation.Path.StartsWith($"/api/v1/{kind}", StringComparison.Ordinal));

    public HttpRequestMessage Request(Operation operation)
    {
        var request = new HttpRequestMessage(operation.Method, Path(operation));
        if (Content(operation) is { } content) request.Content = content;
        if (operation.Method == HttpMethod.Put) request.Headers.TryAddWithoutValidation("If-Match", "*");
        return request;
    }

    string Path(Operation operation)
    {
        var parts = operation.Path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[i] switch
            {
                "{id}" => Uri.EscapeDataString(operation.Method == HttpMethod.Delete && i == parts.Length - 1 ? _spare[parts[i - 1]] : _used[parts[i - 1]]),
                "{lead}" => $"{_lead}",
                "{number}" => Number.TrimStart('+'),
                ['{', ..] => throw new InvalidOperationException($"Say in {nameof(GroupWorld)} what {parts[i]} of {operation} stands for."),
                _ => parts[i],
            };
        }
        return string.Join('/', parts);
    }

    HttpContent? Content(Operation operation)
    {
        if (!operation.Changes || operation.Method == HttpMethod.Delete) return null;
        var path = operation.Path["/api/v1/".Length..];
        if (path.EndsWith("/import", StringComparison.Ordinal) || path == "lists/preview") return new StringContent("+74955550177\n", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        var parts = path.Split('/');
        var isConfig = parts is [not ("do-not-call" or "session"),] or [_, "{id}"];
        var body = isConfig ? operation.Method == HttpMethod.Put ? Edit(parts[0]) : Body(parts[0]) : Command(operation, path);
        return body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web);
    }

    object Body(string kind) => kind switch
    {
        "servers" => new { name = _name, host = "127.0.0.1", username = "carillon", secret = Secret },
        "trunks" => new { name = _name, server = _used["servers"], dialString = "PJSIP/{number}@carrier" },
        "queues" => new { name = _name, servers = new[] { _used["servers"] }, group = Group },
        "schedules" => Floor.NewSchedule(_name, Group),
        "calendars" => new { name = _name, holidays = new[] { "01-01" } },
        "contact-rules" => new { name = _name, laws = new[] { "US-TCPA" } },
        "campaigns" => new { name = _name, schedule = _used["schedules"], queue = _used["queues"], trunks = new[] { _used["trunks"] }, group = Group },
        "dispositions" => new { name = _name, action = "Completed", group = Group },
        "agents" => new { name = _name, interfaces = new[] { "PJSIP/" + _name }, group = Group },
        "groups" => new { name = _name },
        "users" => new { config = Config("users"), password = Password },
        "keys" => new { name = _name },
        _ => throw new InvalidOperationException($"Say in {nameof(GroupWorld)} what is sent to make one of {kind}."),
    };

    object Edit(string kind)
    {
        // Not the name that making another one takes.
        var name = _name;
        _name = name[..8] + "e";
        var config = Config(kind);
        _name = name;
        return config;
    }

    object Config(string kind) => kind == "users" ? new { login = _name, role = "Operator", groups = new[] { Group } } : Body(kind);

    object? Command(Operation operation, string path) => path switch
    {
        "session" => new { login = SessionLogin, password = Password },
        "session/password" => new { current = Password, @new = Password + "3" },
        "do-not-call" or "campaigns/{id}/do-not-call" => new { numbers = new[] { "+74955550188" } },
        "campaigns/{id}/start" or "campaigns/{id}/pause" or "campaigns/{id}/resume" or "campaigns/{id}/stop" or "campaigns/{id}/drain" or "campaigns/{id}/archive" or "campaigns/{id}/unarchive" => null,
        "campaigns/{id}/what-if" => new { agentsMore = 1 },
        "campaigns/{id}/preview/dial" => new { lead = _lead },
        "campaigns/{id}/preview/skip" => new { lead = _lead, reason = "not today" },
        "campaigns/{id}/leads" => new { number = "+74955550199" },
        "campaigns/{id}/leads/exclude" => new { reason = "asked for it", numbers = new[] { "+74955550199" } },
        "campaigns/{id}/leads/{lead}/callback" => new { },
        "campaigns/{id}/leads/{lead}/place" => new { priority = 3 },
        "calls/{id}/disposition" => new { disposition = _used["dispositions"] },
        "agents/{id}/pause" => new { reason = "lunch" },
        "agents/{id}/unpause" => null,
        "users/{id}/password" => new { password = Password + "4" },
        _ => throw new InvalidOperationException($"Say in {nameof(GroupWorld)} how {operation} is called."),
    };
}
