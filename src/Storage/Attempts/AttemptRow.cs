using Carillon.Calls;
using Carillon.Dispositions;
using Carillon.Numbers;

namespace Carillon.Storage;

/// <summary>An attempt as it lies in its table.</summary>
sealed class AttemptRow
{
    public const string Columns = """
        id, campaign_id AS campaign, lead_id AS leadid, number, server_id AS server, trunk_id AS trunk, queue_id AS queue, caller_id AS callerid, at,
        attempt_number AS attemptnumber, attempts_since_answer AS attemptssinceanswer, ringing_at AS ringingat, answered_at AS answeredat,
        bridged_at AS bridgedat, ended_at AS endedat, outcome, cause, sip_code AS sipcode, dial_status AS dialstatus, reason_text AS reasontext,
        agent_id AS agent, abandoned, verdict, verdict_cause AS verdictcause, verdict_at AS verdictat, pressed_key AS key,
        disposition, for_agent_id AS "for", trunk_failed AS trunkfailed
        """;

    public AttemptId Id { get; init; }
    public CampaignId Campaign { get; init; }
    public long LeadId { get; init; }
    public PhoneNumber Number { get; init; }
    public ServerId Server { get; init; }
    public TrunkId Trunk { get; init; }
    public QueueId Queue { get; init; }
    public string? CallerId { get; init; }
    public DateTimeOffset At { get; init; }
    public int AttemptNumber { get; init; }
    public int AttemptsSinceAnswer { get; init; }
    public DateTimeOffset? RingingAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? BridgedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public Outcome? Outcome { get; init; }
    public int? Cause { get; init; }
    public int? SipCode { get; init; }
    public string? DialStatus { get; init; }
    public string? ReasonText { get; init; }
    public AgentId? Agent { get; init; }
    public bool Abandoned { get; init; }
    public MachineVerdict? Verdict { get; init; }
    public string? VerdictCause { get; init; }
    public DateTimeOffset? VerdictAt { get; init; }
    public string? Key { get; init; }
    public CallDisposition? Disposition { get; init; }
    public AgentId? For { get; init; }
    public bool TrunkFailed { get; init; }

    public Attempt ToAttempt() => new()
    {
        Intent = new()
        {
            Id = Id,
            Campaign = Campaign,
            LeadId = LeadId,
            Number = Number,
            Server = Server,
            Trunk = Trunk,
            Queue = Queue.Value.Length == 0 ? null : Queue,
            CallerId = CallerId,
            At = At,
            AttemptNumber = AttemptNumber,
            AttemptsSinceAnswer = AttemptsSinceAnswer,
            For = For,
        },
        RingingAt = RingingAt,
        AnsweredAt = AnsweredAt,
        BridgedAt = BridgedAt,
        EndedAt = EndedAt,
        Outcome = Outcome,
        Reason = new() { Cause = Cause, SipCode = SipCode, DialStatus = DialStatus, Text = ReasonText },
        Agent = Agent,
        Abandoned = Abandoned,
        Verdict = Verdict,
        VerdictCause = VerdictCause,
        VerdictAt = VerdictAt,
        Key = Key,
        Disposition = Disposition,
        TrunkFailed = TrunkFailed,
    };
}
