using Carillon.Api.Access;
using Carillon.Api.Configs;
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

    static readonly string[] Fields = ["name", "timeZone", "unanswered.attempts", "unanswered.interval", "calendar", "calendar.follows", "valid", "valid.from", "valid.to", "group", "unanswered.hours"];

    string _name = "", _zone = "", _calendar = "", _group = "";
    int _attempts;
    double _minutes;
    HolidayHours _holidays;
    DateOnly? _from, _to;
    WeekHours _hours = new([]);
    IReadOnlyList<OpenDay> _days = [];
    IReadOnlyList<Stored<GroupConfig>> _groups = [];
    List<(string Id, string Name)> _calendars = [];

    [Inject] internal ConfigDesk<GroupConfig> Groups { get; set; } = null!;
    [Inject] internal ConfigDesk<CalendarConfig> Calendars { get; set; } = null!;
    [Inject] internal OpeningPreview Preview { get; set; } = null!;

    protected override string Place => "/schedules";

    string HoursProblem => _hours.Unread.Any()
        ? W["Write hours like 10:00–14:00, 15:00–20:00: {0}", string.Join(", ", _hours.Unread.Select(d => W.Culture.DateTimeFormat.GetDayName(d)))]
        : Problem("unanswered.hours");

    protected override string NameOf(ScheduleConfig config) => config.Name;

    protected override async Task Prepare(Caller caller, CancellationToken cancel)
    {
        _groups = [.. (await Groups.List(caller, cancel)).Where(g => caller.Owns(g.Id))];
        _calendars = [("RU", "RU"), .. (await Calendars.List(caller, cancel)).Select(c => (c.Id, c.Config.Name))];
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
        (_name, _zone, _calendar, _group) = (c.Name, c.TimeZone, c.Calendar?.Follows ?? "", c.Group ?? "");
        (_attempts, _minutes, _holidays) = (c.Unanswered.Attempts, c.Unanswered.Interval.TotalMinutes, c.Calendar?.Holidays ?? HolidayHours.Closed);
        (_from, _to, _hours) = (c.Valid?.From, c.Valid?.To, new(c.Unanswered.Hours));
        _ = InvokeAsync(Look);
    }

    protected override ScheduleConfig Config(ScheduleConfig? before) => (before ?? new() { Name = "", TimeZone = "", Unanswered = new() { Hours = [] } }) with
    {
        Name = _name.Trim(),
        TimeZone = _zone.Trim(),
        Group = Or(_group),
        Unanswered = (before?.Unanswered ?? new() { Hours = [] }) with { Hours = _hours.Hours, Attempts = _attempts, Interval = TimeSpan.FromMinutes(_minutes) },
        Calendar = Or(_calendar) is { } follows ? (before?.Calendar ?? new() { Follows = "" }) with { Follows = follows, Holidays = _holidays } : null,
        Valid = _from is null && _to is null ? null : new DateRange(_from, _to),
    };

    async Task Look()
    {
        _days = await Preview.Next(Config(Stored?.Config), DaysShown, Gone);
        StateHasChanged();
    }
}
