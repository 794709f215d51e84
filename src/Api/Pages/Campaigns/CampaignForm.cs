using System.Collections.Immutable;
using Carillon.Api.Pages.Forms;
using Carillon.Campaigns;
using Carillon.Contacts;
using Carillon.Leads;
using Carillon.Pacing;

namespace Carillon.Api.Pages.Campaigns;

/// <summary>What the form of a campaign holds. Settings that it does not show stay as they are.</summary>
sealed class CampaignForm
{
    readonly CampaignConfig _before;

    public CampaignForm(CampaignConfig before)
    {
        _before = before;
        (Name, Group, Mode, AgentFirst, Country, CallerId) = (before.Name, before.Group ?? "", before.Mode, before.AgentFirst, before.Country, before.CallerId ?? "");
        (Schedule, Queue, Channels) = (before.Schedule.Value ?? "", before.Queue?.Value ?? "", before.Channels);
        Trunks = [.. before.Trunks.IsDefault ? [] : before.Trunks.Select(t => t.Value)];
        (CapPercent, Ratio, RatioOf) = (before.Pacing.AbandonmentCap * 100, before.Pacing.Ratio, before.Pacing.RatioOf);
        (RingSeconds, AbandonSeconds) = (before.RingTimeout.TotalSeconds, before.AbandonAfter.TotalSeconds);
        (Share, CallsPerSecond) = (before.Traffic.Share, before.Traffic.CallsPerSecond);
        (Message, Keys) = (before.Agentless?.Message ?? "", before.Agentless?.Keys ?? "");
        (Detect, OnMachine, MachineMessage) = (before.MachineDetection is not null, before.MachineDetection?.OnMachine ?? MachineAction.HangUp, before.MachineDetection?.Message ?? "");
        Laws = [.. before.Contact?.Laws.IsDefault == false ? before.Contact.Laws : []];
        (FallbackZone, ZoneColumn) = (before.Contact?.FallbackZone ?? "", before.Contact?.ZoneColumn ?? "");
        Retries = RetryRow.Of(before.Retries);
        (Due, Fresh, HoldMinutes, Shares) = (before.Order.Due, before.Order.Fresh, before.Order.HoldFor.TotalMinutes, ShareRow.Of(before.Order.Lists));
        DialAfterSeconds = before.Preview.DialAfter.TotalSeconds;
    }

    /// <summary>What a new campaign begins with.</summary>
    public static CampaignConfig New => new() { Name = "", Schedule = new(""), Trunks = [] };

    public string Name { get; set; }
    public string Group { get; set; }
    public PacingMode Mode { get; set; }
    public bool AgentFirst { get; set; }
    public string Country { get; set; }
    public string CallerId { get; set; }
    public string Schedule { get; set; }
    public string Queue { get; set; }
    public HashSet<string> Trunks { get; }
    public int Channels { get; set; }
    public double CapPercent { get; set; }
    public double Ratio { get; set; }
    public RatioOf RatioOf { get; set; }
    public double RingSeconds { get; set; }
    public double AbandonSeconds { get; set; }
    public int Share { get; set; }
    public double? CallsPerSecond { get; set; }
    public string Message { get; set; }
    public string Keys { get; set; }
    public bool Detect { get; set; }
    public MachineAction OnMachine { get; set; }
    public string MachineMessage { get; set; }
    public HashSet<string> Laws { get; }
    public string FallbackZone { get; set; }
    public string ZoneColumn { get; set; }
    public double DialAfterSeconds { get; set; }
    public List<RetryRow> Retries { get; }
    public DueOrder Due { get; set; }
    public FreshOrder Fresh { get; set; }
    public double HoldMinutes { get; set; }
    public List<ShareRow> Shares { get; }

    /// <summary>A list before it in the form has the same name.</summary>
    public bool IsNamedTwice(ShareRow row) => Shares.TakeWhile(s => s != row).Any(s => s.Path == row.Path);

    /// <summary>False: something cannot be said to the node, and says so where it stands.</summary>
    public bool IsRead => !Shares.Exists(IsNamedTwice);

    public CampaignConfig Config() => _before with
    {
        Name = Name.Trim(),
        Group = Or(Group),
        Mode = Mode,
        AgentFirst = AgentFirst && Mode == PacingMode.Progressive,
        Country = Country.Trim().ToUpperInvariant(),
        CallerId = Or(CallerId),
        Schedule = new(Schedule),
        Queue = Or(Queue) is { } queue ? new QueueId(queue) : null,
        // Those that were there keep their order.
        Trunks = [.. _before.Trunks.Where(t => Trunks.Contains(t.Value)), .. Trunks.Where(t => !_before.Trunks.Contains(new(t))).Order(StringComparer.Ordinal).Select(t => new TrunkId(t))],
        Channels = Channels,
        Pacing = _before.Pacing with { AbandonmentCap = CapPercent / 100, Ratio = Ratio, RatioOf = RatioOf },
        RingTimeout = Spans.Seconds(RingSeconds),
        AbandonAfter = Spans.Seconds(AbandonSeconds),
        Traffic = _before.Traffic with { Share = Share, CallsPerSecond = CallsPerSecond },
        Agentless = Mode == PacingMode.Agentless ? (_before.Agentless ?? new()) with { Message = Or(Message), Keys = Or(Keys) } : null,
        MachineDetection = Detect ? (_before.MachineDetection ?? new()) with { OnMachine = OnMachine, Message = Or(MachineMessage) } : null,
        Preview = _before.Preview with { DialAfter = Spans.Seconds(DialAfterSeconds) },
        Contact = Laws.Count == 0 && Or(FallbackZone) is null && Or(ZoneColumn) is null && _before.Contact is null ? null : (_before.Contact ?? new ContactConfig()) with { Laws = [.. Laws.Order(StringComparer.Ordinal)], FallbackZone = Or(FallbackZone), ZoneColumn = Or(ZoneColumn) },
        Retries = RetryRow.Config(Retries),
        Order = _before.Order with { Due = Due, Fresh = Fresh, HoldFor = Spans.Minutes(HoldMinutes), Lists = ShareRow.Config(Shares) },
    };

    static string? Or(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
