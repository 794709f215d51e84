using System.Globalization;
using Carillon.Network;

namespace Carillon.Demo;

/// <summary>Makes by REST what a campaign needs, as an administrator would; what an earlier run made is taken over.</summary>
sealed class DemoSetup(NodeApi api)
{
    const string CampaignName = "Spring offer";

    /// <summary>The queue that the campaign calls for.</summary>
    public string Queue { get; private set; } = "";

    public List<string> Servers { get; } = [];

    /// <returns>The campaign's id, and what became of the list; null if an earlier run's campaign has leads left and goes on.</returns>
    public async Task<(string Campaign, string Name, ImportReport? Imported)> Run(TelephoneNetwork network)
    {
        var trunks = new List<string>();
        foreach (var server in network.Servers)
        {
            Servers.Add(await MakeServer(server));
            trunks.Add(await Make("trunks", $"{server.Name} carrier", new
            {
                name = $"{server.Name} carrier",
                server = Servers[^1],
                dialString = "PJSIP/{number}@carrier",
                channels = server.Trunks[0].Config.Capacity,
                callsPerSecond = 10,
            }));
        }
        Queue = await Make("queues", "sales", new { name = "sales", servers = Servers });
        var schedule = await Make("schedules", "Round the clock", new
        {
            name = "Round the clock",
            timeZone = "Etc/UTC",
            unanswered = new { attempts = 2, interval = "00:01:00", hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00", to = "00:00" }) },
        });
        return await MakeCampaign(schedule, trunks);
    }

    /// <summary>The network's ports are new in every run.</summary>
    async Task<string> MakeServer(Server server)
    {
        var user = server.Config.Users[0];
        var config = new
        {
            name = server.Name,
            host = "127.0.0.1",
            port = server.AmiEndPoint.Port,
            username = user.Name,
            secret = user.Secret,
            channels = 100,
            callsPerSecond = 20,
        };
        if (await Find("servers", server.Name) is not { } id) return (await api.Post<Made>("servers", config)).Id;
        await api.Put<Made>($"servers/{id}", config);
        return id;
    }

    async Task<(string, string, ImportReport?)> MakeCampaign(string schedule, List<string> trunks)
    {
        var earlier = (await api.Get<List<Named>>("campaigns")).Where(c => c.Config.Name.StartsWith(CampaignName, StringComparison.Ordinal)).ToList();
        foreach (var campaign in earlier)
            if ((await api.Get<Progress>($"campaigns/{campaign.Id}/progress")).LeadsLeft > 0) return (campaign.Id, campaign.Config.Name, null);

        var name = earlier.Count == 0 ? CampaignName : string.Create(CultureInfo.InvariantCulture, $"{CampaignName} {earlier.Count + 1}");
        var id = (await api.Post<Made>("campaigns", new { name, schedule, queue = Queue, trunks, channels = 60, callerId = "Carillon <+12125550100>", country = "US" })).Id;
        await using var list = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "sample.csv"));
        return (id, name, await api.Import<ImportReport>(id, list));
    }

    async Task<string> Make(string kind, string name, object config) => await Find(kind, name) ?? (await api.Post<Made>(kind, config)).Id;

    async Task<string?> Find(string kind, string name) => (await api.Get<List<Named>>(kind)).Find(c => c.Config.Name == name)?.Id;
}
