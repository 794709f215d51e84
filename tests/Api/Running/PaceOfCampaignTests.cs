using System.Net;
using System.Text.Json.Nodes;
using Carillon.Network;

namespace Carillon.Api.Tests.Running;

/// <summary>Why the pace is what it is, asked of a node at work.</summary>
public sealed class PaceOfCampaignTests
{
    [Fact]
    public async Task The_pace_of_a_running_and_of_a_paused_campaign_says_why_in_the_words_of_its_progress_and_when_that_was()
    {
        await using var node = await RunningNode.Start(NetworkConfig.Of(servers: 1, agents: 2) with { Speed = 20, Fates = AllTalk });
        var campaign = await node.Campaign();
        Task<JsonNode> Ask(string what) => node.Client.Get($"/campaigns/{campaign}/{what}").Json();
        Assert.Equal(("Stopped", "The campaign is stopped."), Told((await Ask("pace"))["now"]!));
        // They talk for longer than anybody waits.
        await node.Import(campaign, "+74951000001\n+74951000002\n+74951000003\n");

        await node.StartCampaign(campaign);
        await RunningNode.Until(async () => (await Ask("pace"))["now"]!["limitedBy"]!.GetValue<string>() == "AgentsBusy");
        var running = (await Ask("pace"))["now"]!;
        Assert.Equal(("Running", "All 2 agents are busy: place none."), Told(running));
        Assert.Equal(2, running["agentsLoggedIn"]!.GetValue<int>());
        await node.Client.Post($"/campaigns/{campaign}/pause").Expect(HttpStatusCode.OK);

        var pace = await Ask("pace");
        Assert.Equal("Progressive", pace["mode"]!.GetValue<string>());
        Assert.Equal(("Paused", (await Ask("progress"))["why"]!.GetValue<string>()), Told(pace["now"]!));
        var hour = pace["lastHour"]!.AsArray();
        Assert.Equal(2, hour.Sum(m => m!["placed"]!.GetValue<int>()) + pace["now"]!["placed"]!.GetValue<int>());
        Assert.Equal(("Paused", "The campaign is paused."), Told(hour[^1]!));
        Assert.Contains(hour, m => m!["status"]!.GetValue<string>() == "Running");
    }

    static FateConfig AllTalk => FateConfig.Blank with { Human = 1, ShortTalks = 0, LongTalk = TimeSpan.FromDays(1) };

    static (string Status, string Why) Told(JsonNode moment) => (moment["status"]!.GetValue<string>(), moment["why"]!.GetValue<string>());
}
