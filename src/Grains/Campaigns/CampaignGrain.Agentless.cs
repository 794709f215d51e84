using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Dialing for a message or a script: no queue is asked, the lines decide.</summary>
sealed partial class CampaignGrain
{
    int _turn;

    async Task DialWithoutAgents(CampaignSetup setup, OpenColumns open, int wanted, DateTimeOffset now)
    {
        (_agentsFree, _agentsLoggedIn) = (0, 0);
        await RenewForOthers(setup, now);
        var servers = WithRoom(setup, now).ToList();
        var decision = AgentlessRules.Decide(
            new()
            {
                ScheduleOpen = open != OpenColumns.None,
                AgentsLoggedIn = 0,
                AgentsFree = 0,
                CampaignCalls = _flights.Count,
                LinesLeft = servers.Count == 0 ? 0 : int.MaxValue,
                LeadsDue = wanted > _buffer.Count ? _buffer.Count : int.MaxValue,
            },
            new() { Channels = setup.Campaign.Channels });
        var channels = servers.ToDictionary(s => s, s => setup.Trunks.Values.Where(t => t.Enabled && t.Server == s).Sum(t => t.Channels));
        var slots = ServerChoice.Choose([.. servers.Select(s => new ServerRoom(s, channels[s], _flights.On(s)))], Math.Min(decision.Calls, Math.Min(wanted, _buffer.Count)), _turn++);
        await Carry(setup, open, decision, null, [.. slots.Select(AgentSlot.Anybody)], wanted, now);
    }
}
