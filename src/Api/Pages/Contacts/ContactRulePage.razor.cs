using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Pages.Forms;
using Carillon.Api.Pages.Schedules;
using Carillon.Calendars;
using Carillon.Contacts;
using Carillon.Schedules;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Contacts;

public sealed partial class ContactRulePage
{
    static readonly string[] Fields =
        ["name", "laws", "laws[", "rule", "rule.prefixes", "rule.prefixes[", "rule.minGap", "rule.calendar.follows", "rule.calendar.shortenedBy", "rule.hours", "rule.hours[", "rule.quiet", "rule.quiet[", "rule.caps", "rule.caps["];

    string _name = "", _prefixes = "";
    double _gap;
    HashSet<string> _laws = [];
    WeekHours _hours = new([]);
    CalendarRule? _calendar;
    List<ClosedRow> _quiet = [];
    List<CapRow> _caps = [];
    IReadOnlyList<(string Id, string Name)> _calendars = [];

    [Inject] internal ConfigDesk<CalendarConfig> Calendars { get; set; } = null!;

    protected override string Place => "/contact-rules";

    protected override bool IsRead => !_hours.Unread.Any() && _quiet.TrueForAll(q => q.IsRead);

    protected override string NameOf(ContactRuleConfig config) => config.Name;

    protected override async Task Prepare(Caller caller, CancellationToken cancel) => _calendars = CalendarFields.From(await Calendars.List(caller, cancel), W);

    protected override void Show(ContactRuleConfig? config)
    {
        (_name, _laws) = (config?.Name ?? "", [.. config?.Laws ?? []]);
        var rule = config?.Rule ?? new();
        (_prefixes, _gap, _calendar, _hours) = (string.Join(", ", rule.Prefixes), rule.MinGap.TotalMinutes, rule.Calendar, new(rule.Hours));
        (_quiet, _caps) = ([.. rule.Quiet.Select(ClosedRow.Of)], [.. rule.Caps.Select(CapRow.Of)]);
    }

    protected override ContactRuleConfig Config(ContactRuleConfig? before) => (before ?? new() { Name = "" }) with { Name = _name.Trim(), Laws = [.. _laws.Order(StringComparer.Ordinal)], Rule = Rule() };

    /// <summary>None, if nothing is said of it.</summary>
    ContactRule? Rule()
    {
        var rule = new ContactRule
        {
            Prefixes = [.. _prefixes.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)],
            Hours = _hours.Hours,
            Calendar = _calendar,
            Quiet = [.. _quiet.Where(q => q.IsRead).Select(q => q.Config)],
            Caps = [.. _caps.Select(c => c.Config)],
            MinGap = Spans.Minutes(_gap),
        };
        return rule.Prefixes.IsEmpty && rule.Calendar is null && rule.Hours.IsEmpty && rule.Quiet.IsEmpty && rule.Caps.IsEmpty && rule.MinGap == TimeSpan.Zero ? null : rule;
    }
}
