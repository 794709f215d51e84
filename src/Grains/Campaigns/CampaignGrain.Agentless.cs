using Carillon.Pacing;
using Carillon.Queues;
using Carillon.Storage;

namespace Carillon.Campaigns;

/// <summary>Dialing for a message or a script: no queue is asked, the lines decide.</summary>
sealed partial class CampaignGrain
{
    int _nextServer;

    async Task DialWithoutAgents(CampaignSetup setup, OpenColumns open, int wanted, DateTimeOffset now)
    {
        (_agentsFree, _agentsLoggedIn) = (0, 0);
        var servers = setup.Servers.Where(s => !(_fullUntil.TryGetValue(s, out var until) && until > now)).ToList();
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
        _why = open == OpenColumns.None ? Closed(setup, now) : decision.LimitedBy == LimitingFactor.Leads && _buffer.Count == 0 ? await NothingDue(setup) : decision.Why;
        decision = Limit(decision with { Calls = Math.Min(decision.Calls, wanted) }, null, wanted);
        ExplainMore(now);
        metrics.Decided(Id, decision.LimitedBy);
        IReadOnlyList<AgentSlot> slots = [.. Enumerable.Range(0, Math.Min(decision.Calls, Math.Min(wanted, _buffer.Count))).Select(_ => AgentSlot.Anybody(servers[_nextServer++ % servers.Count]))];
        Note(Moment(decision, null, now) with { Placed = await Place(setup, slots, now) });
    }
}
