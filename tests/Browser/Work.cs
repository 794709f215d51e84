using System.Globalization;
using Carillon.TestKit;

namespace Carillon.Browser.Tests;

/// <summary>What a campaign on the simulated network needs, made by REST.</summary>
sealed class Work(Site site)
{
    public async Task<string> Group(string name) => await site.Api.Make("groups", new { name });

    /// <summary>A campaign with a list, not started; servers, trunks and queue are made with the first one.</summary>
    public async Task<string> Campaign(string name, int numbers, string mode = "Progressive", string? group = null, string dialAfter = "00:00:30")
    {
        var (servers, trunks) = (new List<string>(), new List<string>());
        foreach (var server in site.Network.Servers)
        {
            servers.Add(await Once("servers", server.Name, new { name = server.Name, host = "127.0.0.1", port = server.AmiEndPoint.Port, username = server.Config.Users[0].Name, secret = server.Config.Users[0].Secret }));
            trunks.Add(await Once("trunks", $"{server.Name} carrier", new { name = $"{server.Name} carrier", server = servers[^1], dialString = "PJSIP/{number}@carrier", channels = 40 }));
        }
        var suffix = group is null ? "" : " of " + group;
        var queue = await Once("queues", "sales" + suffix, new { name = "sales" + suffix, asteriskName = "sales", servers, group });
        var always = new { attempts = 2, interval = "00:01:00", hours = Enum.GetNames<DayOfWeek>().Select(day => new { day, from = "00:00", to = "00:00" }) };
        var schedule = await Once("schedules", "Round the clock" + suffix, new { name = "Round the clock" + suffix, timeZone = "Etc/UTC", unanswered = always, group });
        var campaign = await site.Api.Make("campaigns", new { name, schedule, queue, trunks, mode, channels = 40, country = "US", group, preview = new { dialAfter } });
        await site.Api.Import(campaign, "phone;name\n" + string.Join('\n', Enumerable.Range(0, numbers).Select(i => string.Create(CultureInfo.InvariantCulture, $"+1212555{i:0000};Person {i}"))));
        return campaign;
    }

    /// <summary>The campaign works until so many of its calls have ended.</summary>
    public async Task Calls(string campaign, int calls)
    {
        await site.Api.Post($"campaigns/{campaign}/start");
        await Wait.Until(async () => (await site.Api.Get($"calls?campaign={campaign}&limit={calls}"))["items"]!.AsArray().Count >= calls);
        await site.Api.Post($"campaigns/{campaign}/stop");
    }

    async Task<string> Once(string kind, string name, object config) =>
        (await site.Api.Get(kind)).AsArray().FirstOrDefault(c => c!["config"]!["name"]!.GetValue<string>() == name)?["id"]!.GetValue<string>() ?? await site.Api.Make(kind, config);
}
