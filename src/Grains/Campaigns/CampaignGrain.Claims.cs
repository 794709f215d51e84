using Carillon.Queues;
using Carillon.Servers;
using Orleans;

namespace Carillon.Campaigns;

/// <summary>Asking the queue for agents.</summary>
sealed partial class CampaignGrain
{
    readonly Dictionary<ServerId, DateTimeOffset> _fullUntil = [];
    int _agentsFree;
    int _agentsLoggedIn;
    int _unused;
    QueueId? _claimed;

    /// <summary>Renews the campaign's claim to its queue.</summary>
    async Task<QueueGrant> Ask(CampaignSetup setup, QueueClaim claim)
    {
        _claimed = setup.Campaign.Queue!.Value;
        var grant = await GrainFactory.Queue(_claimed.Value).Claim(claim);
        (_agentsFree, _agentsLoggedIn) = (grant.AgentsFree, grant.AgentsLoggedIn);
        _unused = grant.Slots.Length;
        return grant;
    }

    QueueClaim Claim(CampaignSetup setup, int wanted, DateTimeOffset now) => new()
    {
        Campaign = Id,
        Underway = _flights.UnderwayByServer,
        Waiting = setup.Campaign.AgentFirst ? 0 : _flights.WaitingInQueue(setup.Plan.Detection is not null),
        Wanted = wanted,
        Servers = [.. WithRoom(setup, now)],
        Reserved = _flights.Reserved,
        Share = setup.Campaign.Traffic.Share,
        Unused = Math.Max(0, _unused),
    };

    /// <summary>Servers whose lines were not all taken a moment ago.</summary>
    IEnumerable<ServerId> WithRoom(CampaignSetup setup, DateTimeOffset now) => setup.Servers.Where(s => !(_fullUntil.TryGetValue(s, out var until) && until > now));

    /// <summary>The campaign's calls still want their agents, and it wants no more of them.</summary>
    async Task Renew(CampaignSetup setup, DateTimeOffset now) => await Ask(setup, setup.DialsAhead ? ClaimAhead(setup, 0, now) : Claim(setup, 0, now));

    /// <summary>Calls of the mode before still want agents, whom other campaigns must not count on.</summary>
    async Task RenewForOthers(CampaignSetup setup, DateTimeOffset now)
    {
        if (_claimed is { } queue && !_flights.UnderwayByServer.IsEmpty) await GrainFactory.Queue(queue).Claim(Claim(setup, 0, now));
    }

    /// <summary>Agents for whom there is no line are for other campaigns at once, not when this one asks again.</summary>
    async Task GiveBack(CampaignSetup setup, DateTimeOffset now)
    {
        if (!setup.IsAgentless && _unused > 0) await Renew(setup, now);
    }
}
