using Carillon.Api.Access;
using Carillon.Api.Configs;
using Carillon.Api.Pages.Forms;
using Carillon.Api.Schedules;
using Carillon.Calendars;
using Carillon.Config;
using Carillon.Schedules;
using Carillon.Users;
using Microsoft.AspNetCore.Components;

namespace Carillon.Api.Pages.Schedules;

public sealed partial class SchedulePage
{
    const int DaysShown = 14;

    static readonly string[] Zones =
        ["Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Kamchatka", "Europe/Minsk", "Asia/Almaty",
         "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Etc/UTC"];

    static readonly string[] Fields =
        ["name", "timeZone", "group", "unanswered.attempts", "unanswered.interval", "unanswered.hours", "unanswered.hours[", "answered.attempts", "answered.interval", "answered.hours", "answered.hours[",
         "calendar.follows", "calendar.shortenedBy", "valid", "valid.from", "valid.to", "cycle", "cycle.on", "cycle.off", "dates", "dates[", "breaks", "breaks["];

    string _name = "", _zone = "", _group = "";
    int _attempts, _againAttempts, _on, _off;
    double _minutes, _againMinutes;
    bool _again, _inShifts;
    DateOnly? _from, _to, _firstDay;
    CalendarRule? _calendar;
    WeekHours _hours = new([]), _againHours = new([]);
    List<DatedRow> _dates = [];
    List<ClosedRow> _breaks = [];
    IReadOnlyList<OpenDay> _days = [], _againDays = [];
    string? _unread;
    IReadOnlyList<Stored<GroupConfig>> _groups = [];
    IReadOnlyList<(string Id, string Name)> _calendars = [];

    [Inject] internal ConfigDesk<GroupConfig> Groups { get; set; } = null!;
    [Inject] internal ConfigDesk<CalendarConfig> Calendars { get; set; } = null!;
    [Inject] internal OpeningPreview Preview { get; set; } = null!;

    protected override string Place => "/schedules";

    protected override bool IsRead =>
        !_hours.Unread.Any() && !(_again && _againHours.Unread.Any()) && _dates.TrueForAll(d => d.IsRead) && _breaks.TrueForAll(b => b.IsRead) && !(_inShifts && _firstDay is null);

    protected override string NameOf(ScheduleConfig config) => config.Name;

    protected override async Task Prepare(Caller caller, CancellationToken cancel)
    {
        _groups = [.. (await Groups.List(caller, cancel)).Where(g => caller.Owns(g.Id))];
        _calendars = CalendarFields.From(await Calendars.List(caller, cancel), W);
    }

    protected override void Show(ScheduleConfig? config)
    {
        var c = config ?? new()
        {
            Name = "",
            TimeZone = W.Viewer.TimeZone,
            Group = Caller.IsAdministrator || _groups.Count == 0 ? null : _groups[0].Id,
            Unanswered = new() { Attempts = 3, Interval = TimeSpan.FromMinutes(30), Hours = [.. WeekHours.Week[..5].Select(d => new OpenHours(d, new(10, 0), new(20, 0)))] },
        };
        (_name, _zone, _group, _calendar) = (c.Name, c.TimeZone, c.Group ?? "", c.Calendar);
        (_attempts, _minutes, _hours) = (c.Unanswered.Attempts, c.Unanswered.Interval.TotalMinutes, new(c.Unanswered.Hours));
        var again = c.Answered ?? c.Unanswered with { Attempts = 2 };
        (_again, _againAttempts, _againMinutes, _againHours) = (c.Answered is not null, again.Attempts, again.Interval.TotalMinutes, new(again.Hours));
        (_from, _to) = (c.Valid?.From, c.Valid?.To);
        var cycle = c.Cycle ?? new(DateOnly.FromDateTime(W.Local(Now).DateTime), 2, 2);
        (_inShifts, _firstDay, _on, _off) = (c.Cycle is not null, cycle.From, cycle.On, cycle.Off);
        (_dates, _breaks) = ([.. c.Dates.Select(DatedRow.Of)], [.. c.Breaks.Select(ClosedRow.Of)]);
        _ = InvokeAsync(Look);
    }

    protected override ScheduleConfig Config(ScheduleConfig? before) => (before ?? new() { Name = "", TimeZone = "", Unanswered = new() { Hours = [] } }) with
    {
        Name = _name.Trim(),
        TimeZone = _zone.Trim(),
        Group = Or(_group),
        Unanswered = new() { Hours = _hours.Hours, Attempts = _attempts, Interval = Spans.Minutes(_minutes) },
        Answered = _again ? new() { Hours = _againHours.Hours, Attempts = _againAttempts, Interval = Spans.Minutes(_againMinutes) } : null,
        Calendar = _calendar,
        Valid = _from is null && _to is null ? null : new DateRange(_from, _to),
        Cycle = _inShifts && _firstDay is { } first ? new(first, _on, _off) : null,
        Dates = [.. _dates.Where(d => d.IsRead).Select(d => d.Config)],
        Breaks = [.. _breaks.Where(b => b.IsRead).Select(b => b.Config)],
    };

    string HoursProblem(WeekHours hours, string field) => hours.Unread.Any()
        ? W["Write hours like 10:00–14:00, 15:00–20:00: {0}", string.Join(", ", hours.Unread.Select(d => W.Culture.DateTimeFormat.GetDayName(d)))]
        : ProblemsIn(field);

    Task Follow(CalendarRule? rule)
    {
        _calendar = rule;
        return Look();
    }

    async Task Look()
    {
        var config = Config(Stored?.Config);
        try
        {
            _days = await Preview.Next(config, hasAnswered: false, DaysShown, Gone);
            _againDays = _again ? await Preview.Next(config, hasAnswered: true, DaysShown, Gone) : [];
            _unread = null;
        }
        catch (Exception e) when (Known(e) is { } refusal)
        {
            (_days, _againDays, _unread) = ([], [], refusal.Message);
        }
        StateHasChanged();
    }
}
