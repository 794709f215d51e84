using System.Collections.Immutable;
using Carillon.Calls;
using Carillon.Leads;
using Orleans;
using Orleans.Concurrency;

namespace Carillon.Campaigns;

/// <summary>One campaign at work: decides how many calls to place and for which leads. Key: <see cref="CampaignId"/>.</summary>
public interface ICampaignGrain : IGrainWithStringKey
{
    Task<CampaignCommandResult> Start();
    [AlwaysInterleave] Task<CampaignCommandResult> Pause();
    Task<CampaignCommandResult> Resume();
    /// <summary>Nothing new is dialed once this returns. Calls that were placed go on to their end.</summary>
    [AlwaysInterleave] Task<CampaignCommandResult> Stop();
    /// <summary>As <see cref="Stop"/>, but the campaign shows Draining until its last call has ended.</summary>
    [AlwaysInterleave] Task<CampaignCommandResult> Drain();
    [AlwaysInterleave] Task<CampaignProgress> GetProgress();
    /// <summary>Why a lead was not dialed yet; null: the campaign has no such lead.</summary>
    [AlwaysInterleave] Task<LeadWhy?> WhyNot(long leadId);
    [AlwaysInterleave] Task<CampaignPace> GetPace();
    /// <summary>This moment alone.</summary>
    [AlwaysInterleave] Task<PaceMoment> GetLastPace();
    /// <summary>Config, schedule, queue or trunks were changed: read them again before the next decision.</summary>
    [AlwaysInterleave] Task ConfigChanged();
    /// <summary>Leads were added or changed: there may be something to dial.</summary>
    [AlwaysInterleave] Task LeadsChanged();
    /// <summary>The keeper's knock: activates the campaign after a loss, and is otherwise nothing.</summary>
    Task Wake();
    /// <summary>What became of calls that this campaign placed, in the order in which it happened to each.</summary>
    [AlwaysInterleave] Task CallsChanged(ImmutableArray<CallReport> reports);
    /// <summary>
    /// An agent asks what to look at, in Preview mode: they are shown a lead as soon as they are free and one is due. Who does not ask for ten seconds has gone away.
    /// </summary>
    [AlwaysInterleave] Task<Preview> GetPreview(AgentId agent);
    /// <summary>The agent wants the lead that they are shown to be called.</summary>
    Task<PreviewResult> DialPreview(AgentId agent, long lead);
    /// <summary>The agent does not want to call the lead that they are shown: it comes again after a rest, or is excluded if it was skipped too often.</summary>
    Task<PreviewResult> SkipPreview(AgentId agent, long lead, string reason);
    /// <summary>An agent of the queue became free, or agents left: decide now rather than at the next tick.</summary>
    [AlwaysInterleave, OneWay] Task AgentsChanged();
}

/// <summary>The answer to a command. <see cref="Refusal"/> is null if it was carried out, else one sentence that says why not.</summary>
[GenerateSerializer, Immutable]
public sealed record CampaignCommandResult([property: Id(0)] CampaignStatus Status, [property: Id(1)] string? Refusal = null)
{
    public bool Accepted => Refusal is null;
}
