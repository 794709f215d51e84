using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Chaos.Links;
using Carillon.Network;

namespace Carillon.Chaos;

/// <summary>Makes by REST what the floor needs.</summary>
static class Setup
{
    public const string Password = "only for chaos";

    /// <summary>Each list shares this part of its numbers with the next one.</summary>
    const double Shared = 0.1;

    public static async Task<string> SignIn(NodeApi api)
    {
        await api.Post<Session>("session", new { login = "admin", password = Password });
        return (await api.Post<MadeKey>("keys", new { name = "chaos" })).Key;
    }

    /// <summary>The ids of what was made, by name.</summary>
    public sealed record Ids(IReadOnlyDictionary<string, string> Servers, IReadOnlyDictionary<string, string> Campaigns);

    public static async Task<Ids> Run(NodeApi api, TelephoneNetwork network, IReadOnlyList<Link> links, int leads)
    {
        var (servers, trunks) = (new Dictionary<string, string>(), new List<string>());
        foreach (var (server, link) in network.Servers.Zip(links))
        {
            var user = server.Config.Users[0];
            var id = servers[server.Name] = await Make(api, "servers", new
            {
                name = server.Name,
                host = "127.0.0.1",
                port = link.Port,
                username = user.Name,
                secret = user.Secret,
                channels = Floor.ChannelsOfServer,
                callsPerSecond = Floor.CallsPerSecondOfServer,
            });
            foreach (var trunk in Floor.Trunks) trunks.Add(await Make(api, "trunks", new
            {
                name = $"{server.Name} {trunk}",
                server = id,
                dialString = $"PJSIP/{{number}}@{trunk}",
                channels = Floor.ChannelsOfTrunk,
                callsPerSecond = Floor.CallsPerSecondOfTrunk,
            }));
        }
        var hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00", to = "00:00" });
        var schedule = await Make(api, "schedules", new { name = "always", timeZone = "Etc/UTC", unanswered = new { attempts = Floor.Attempts, interval = Floor.RetryInterval, hours } });
        await Make(api, "contact-rules", new { name = "care", rule = new { caps = new[] { new { calls = Floor.Cap, per = "Day", rolling = true } }, minGap = Floor.Gap } });
        var campaigns = new Dictionary<string, string>();
        foreach (var (dialing, i) in Floor.Campaigns.Select((c, i) => (c, i)))
        {
            var queue = await Make(api, "queues", new { name = dialing.Queue, servers = servers.Values });
            var config = Merged(
                new { name = dialing.Name, schedule, queue, trunks, channels = Floor.ChannelsOfCampaign, callerId = "74950000000", traffic = new { callsPerSecond = Floor.CallsPerSecondOfCampaign } },
                dialing.Pacing);
            var id = campaigns[dialing.Name] = await Make(api, "campaigns", config);
            var report = await api.Import<ImportReport>(id, NumberList.Csv((int)(i * leads * (1 - Shared)), leads));
            if (report.Imported != leads) throw new NodeRefused($"{report.Imported} of {leads} leads were imported.");
        }
        return new(servers, campaigns);
    }

    static JsonObject Merged(object config, object more)
    {
        var (all, extra) = (JsonSerializer.SerializeToNode(config)!.AsObject(), JsonSerializer.SerializeToNode(more)!.AsObject());
        foreach (var (name, value) in extra) all[name] = value?.DeepClone();
        return all;
    }

    static async Task<string> Make(NodeApi api, string kind, object config) => (await api.Post<Made>(kind, config)).Id;
}
