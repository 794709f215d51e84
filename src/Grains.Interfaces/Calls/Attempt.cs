using System.Text.Json.Serialization;
using Carillon.Dispositions;
using Carillon.Leads;
using Carillon.Numbers;
using Orleans;

namespace Carillon.Calls;

/// <summary>What is written before a call is placed.</summary>
[GenerateSerializer, Immutable]
public sealed record AttemptIntent
{
    [Id(0)] public required AttemptId Id { get; init; }
    [Id(1)] public required CampaignId Campaign { get; init; }
    [Id(2)] public required long LeadId { get; init; }
    [Id(3)] public required PhoneNumber Number { get; init; }
    [Id(4)] public required ServerId Server { get; init; }
    [Id(5)] public required TrunkId Trunk { get; init; }
    /// <summary>Null: the call was for no agent.</summary>
    [Id(6)] public QueueId? Queue { get; init; }
    [Id(7)] public string? CallerId { get; init; }
    [Id(8)] public required DateTimeOffset At { get; init; }
    /// <summary>Which attempt of the lead this is, from 1.</summary>
    [Id(9)] public required int AttemptNumber { get; init; }
    /// <summary>The lead's <see cref="Leads.Lead.AttemptsSinceAnswer"/> before this attempt.</summary>
    [Id(10)] public int AttemptsSinceAnswer { get; init; }
    /// <summary>The agent whose phone is rung first, by name. Null: as the campaign's config says.</summary>
    [Id(11)] public AgentId? For { get; init; }
    /// <summary>
    /// The owner of the server that granted the line (<see cref="Servers.LineGrant.Epoch"/>): once another has taken the server the intent is refused. Not
    /// stored. Null: any will do.
    /// </summary>
    [Id(12)] public long? ServerEpoch { get; init; }
    /// <summary>The activation of the campaign that wrote it: once another has taken the campaign the intent is refused. Not stored. Null: any will do.</summary>
    [Id(13)] public long? CampaignEpoch { get; init; }
    /// <summary>What the number's yes rests on: once there are other calls of it the intent is refused, since caps or gaps may forbid it now. Not stored. Null: nobody was asked.</summary>
    [Id(14)] public Subscribers.NumberSeen? Seen { get; init; }
}

/// <summary>Why an attempt ended so, as Asterisk said it.</summary>
[GenerateSerializer, Immutable]
public sealed record EndReason
{
    public static readonly EndReason None = new();

    /// <summary>Q.850 cause of Hangup; null if Asterisk gave none.</summary>
    [Id(0)] public int? Cause { get; init; }
    /// <summary>SIP code, if Asterisk gave one (TechCause, Asterisk 22).</summary>
    [Id(1)] public int? SipCode { get; init; }
    /// <summary>DialEnd's DialStatus.</summary>
    [Id(2)] public string? DialStatus { get; init; }
    /// <summary>Words for people: what was refused, lost or cancelled.</summary>
    [Id(3)] public string? Text { get; init; }
}

/// <summary>
/// An attempt with all that is known of it: the call record once <see cref="EndedAt"/> is set. Times are of our clock when the event was read.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record Attempt
{
    [Id(0)] public required AttemptIntent Intent { get; init; }
    [Id(1)] public DateTimeOffset? RingingAt { get; init; }
    [Id(2)] public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>When an agent and the customer were joined.</summary>
    [Id(3)] public DateTimeOffset? BridgedAt { get; init; }
    [Id(4)] public DateTimeOffset? EndedAt { get; init; }
    [Id(5)] public Outcome? Outcome { get; init; }
    [Id(6)] public EndReason Reason { get; init; } = EndReason.None;
    [Id(7)] public AgentId? Agent { get; init; }
    /// <summary>Answered by a person who met no agent within the campaign's limit, also if one came later.</summary>
    [Id(8)] public bool Abandoned { get; init; }
    /// <summary>What AMD took whoever answered for; null if it was not asked, or did not come to an end.</summary>
    [Id(9)] public MachineVerdict? Verdict { get; init; }
    /// <summary>AMD's own reason, such as LONGGREETING-2000-2000.</summary>
    [Id(10)] public string? VerdictCause { get; init; }
    /// <summary>When AMD had come to its verdict.</summary>
    [Id(11)] public DateTimeOffset? VerdictAt { get; init; }
    /// <summary>The key that the called person pressed.</summary>
    [Id(12)] public string? Key { get; init; }
    /// <summary>What the agent said of the call.</summary>
    [Id(13)] public CallDisposition? Disposition { get; init; }
    /// <summary>The trunk was failing and the number was not reached, so the attempt does not count for the lead, and its outcome says nothing of the number.</summary>
    [Id(14)] public bool TrunkFailed { get; init; }
    /// <summary>The lead's status before this attempt. Known while the end is written.</summary>
    [JsonIgnore, Id(15)] public LeadStatus StatusBefore { get; init; }

    public TimeSpan? Talk => EndedAt - BridgedAt;

    /// <summary>How long it took from the answer to AMD's verdict.</summary>
    public TimeSpan? Detection => VerdictAt - AnsweredAt;

    /// <summary>Of a call that has ended: when a person was on the line and wanted an agent, or listened; null: none was.</summary>
    [JsonIgnore] public DateTimeOffset? ReadyAt => Outcome is Calls.Outcome.HumanAnswered or Calls.Outcome.Abandoned ? VerdictAt ?? AnsweredAt : null;

    /// <summary>How long a person listened to a message or script.</summary>
    public TimeSpan? Listened => Intent.Queue is null && Outcome == Calls.Outcome.HumanAnswered ? EndedAt - (VerdictAt ?? AnsweredAt) : null;
}
