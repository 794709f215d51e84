using Carillon.Network;

namespace Carillon.Bench.Load;

/// <summary>Makes by REST what the load needs.</summary>
static class LoadSetup
{
    /// <summary>Above the floor's mean rate by so much that it rarely holds a call back, and does now and then: a promise that the log can break.</summary>
    public const int CallsPerSecondOfServer = 30;

    public const string Password = "only for the load bench";

    /// <summary>Of a node that is to be measured.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["CARILLON_ADMIN_PASSWORD"] = Password, ["Logging__LogLevel__Default"] = "Warning" };

    public static async Task SignIn(NodeApi api)
    {
        await api.Post<Session>("session", new { login = "admin", password = Password });
        api.UseKey((await api.Post<MadeKey>("keys", new { name = "bench" })).Key);
    }

    /// <returns>The campaigns' ids.</returns>
    public static async Task<IReadOnlyList<string>> Run(NodeApi api, TelephoneNetwork network, LoadOptions options)
    {
        var (servers, trunks) = await Connect(api, network);
        var schedule = await Schedule(api);
        var campaigns = new List<string>();
        for (var i = 1; i <= options.Campaigns; i++)
        {
            var queue = await Make(api, "queues", new { name = LoadNetwork.Queue(i), servers });
            campaigns.Add(await Make(api, "campaigns", new { name = $"campaign {i}", schedule, queue, trunks, channels = 20_000, callerId = "74950000000" }));
        }
        return campaigns;
    }

    /// <summary>One campaign whose callers are dropped when they have waited for as long as the law lets them.</summary>
    public static async Task<string> OneCampaign(NodeApi api, TelephoneNetwork network, string name, string mode)
    {
        var (servers, trunks) = await Connect(api, network);
        var queue = await Make(api, "queues", new { name = "sales", servers, wrapUpReason = "wrapup", maxWait = "00:00:02" });
        var schedule = await Schedule(api);
        return await Make(api, "campaigns", new { name, schedule, queue, trunks, channels = 20_000, mode, callerId = "74950000000" });
    }

    /// <summary>A campaign that has only to hold leads: its server is not in use.</summary>
    public static async Task<string> Unconnected(NodeApi api)
    {
        var server = await Make(api, "servers", new { name = "pbx1", host = "127.0.0.1", username = "dialer", secret = Password, enabled = false });
        var trunk = await Make(api, "trunks", new { name = "carrier", server, dialString = "PJSIP/{number}@carrier" });
        var queue = await Make(api, "queues", new { name = "sales", servers = new[] { server } });
        return await Make(api, "campaigns", new { name = "leads", schedule = await Schedule(api), queue, trunks = new[] { trunk } });
    }

    static async Task<(List<string> Servers, List<string> Trunks)> Connect(NodeApi api, TelephoneNetwork network)
    {
        var (servers, trunks) = (new List<string>(), new List<string>());
        foreach (var server in network.Servers)
        {
            var user = server.Config.Users[0];
            servers.Add(await Make(api, "servers", new
            {
                name = server.Name,
                host = "127.0.0.1",
                port = server.AmiEndPoint.Port,
                username = user.Name,
                secret = user.Secret,
                channels = LoadNetwork.TrunkCapacity,
                callsPerSecond = CallsPerSecondOfServer,
            }));
            trunks.Add(await Make(api, "trunks", new
            {
                name = server.Name,
                server = servers[^1],
                dialString = "PJSIP/{number}@carrier",
                channels = LoadNetwork.TrunkCapacity,
                callsPerSecond = CallsPerSecondOfServer,
            }));
        }
        return (servers, trunks);
    }

    static Task<string> Schedule(NodeApi api) => Make(api, "schedules", new
    {
        name = "always",
        timeZone = "Etc/UTC",
        unanswered = new { attempts = 1, hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00", to = "00:00" }) },
    });

    static async Task<string> Make(NodeApi api, string kind, object config) => (await api.Post<Made>(kind, config)).Id;
}
