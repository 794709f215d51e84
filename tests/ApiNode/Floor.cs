using System.Net;

namespace Carillon.Api.Tests;

/// <summary>A server, a trunk, a queue, a schedule and campaigns, made by the API.</summary>
sealed class Floor
{
    public required string Server { get; init; }
    public required string Trunk { get; init; }
    public required string Queue { get; init; }
    public required string Schedule { get; init; }
    public required string? Group { get; init; }
    /// <summary>Each has a name of its own, with this at its end.</summary>
    public required string Suffix { get; init; }

    public string NameOfQueue => "queue" + Suffix;
    public string NameOfServer => "pbx" + Suffix;
    public string NameOfTrunk => "trunk" + Suffix;
    public string NameOfSchedule => "hours" + Suffix;

    public static async Task<Floor> Make(HttpClient administrator, string? group = null)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        async Task<string> Create(string path, object body) => (await administrator.Post(path, body).Json(HttpStatusCode.Created)).Id();
        if (group is not null) group = await Create("/groups", new { name = group + name });
        var server = await Create("/servers", NewServer("pbx" + name));
        return new()
        {
            Server = server,
            Group = group,
            Suffix = name,
            Trunk = await Create("/trunks", new { name = "trunk" + name, server, dialString = "PJSIP/{number}@carrier" }),
            Queue = await Create("/queues", new { name = "queue" + name, servers = new[] { server }, group }),
            Schedule = await Create("/schedules", NewSchedule("hours" + name, group)),
        };
    }

    public static object NewServer(string name) => new { name, host = "127.0.0.1", username = "carillon", secret = "s3cret-of-ami" };

    public static object NewSchedule(string name, string? group = null, string timeZone = "Europe/Moscow") => new
    {
        name,
        timeZone,
        unanswered = new { hours = new[] { new { day = "Monday", from = "09:00", to = "18:00" } }, attempts = 3, interval = "00:03:00" },
        group,
    };

    public object NewCampaign(string name) => new { name, schedule = Schedule, queue = Queue, trunks = new[] { Trunk }, group = Group };

    public async Task<string> Campaign(HttpClient client) =>
        (await client.Post("/campaigns", NewCampaign("campaign" + Guid.NewGuid().ToString("N")[..8])).Json(HttpStatusCode.Created)).Id();
}
