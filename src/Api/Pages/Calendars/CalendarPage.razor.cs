using Carillon.Calendars;

namespace Carillon.Api.Pages.Calendars;

public sealed partial class CalendarPage
{
    static readonly string[] Fields = ["name", "title", "source", "extends", "holidays[", "years", "years["];
    static readonly CalendarConfig New = new() { Name = "" };

    string _name = "", _title = "", _source = "", _extends = "", _holidays = "";
    Dictionary<int, YearDays> _years = [];
    CalendarConfig _shown = New;
    WorkCalendar _calendar = WorkCalendar.Of(New);

    protected override string Place => "/calendars";

    protected override string NameOf(CalendarConfig config) => config.Name;

    protected override void Show(CalendarConfig? config)
    {
        var c = config ?? New;
        (_name, _title, _source, _extends) = (c.Name, c.Title ?? "", c.Source ?? "", c.Extends ?? "");
        (_holidays, _years) = (string.Join(", ", c.Holidays), c.Years.ToDictionary(y => y.Year, y => new YearDays(y)));
        Look();
    }

    protected override CalendarConfig Config(CalendarConfig? before) => (before ?? New) with
    {
        Name = _name.Trim(),
        Title = Or(_title),
        Source = Or(_source),
        Extends = Or(_extends),
        Holidays = [.. _holidays.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)],
        Years = [.. _years.OrderBy(y => y.Key).Select(y => y.Value.Config)],
    };

    /// <summary>A year that is changed for the first time begins as what it adds to has it.</summary>
    void Turn(DateOnly date)
    {
        if (!_years.TryGetValue(date.Year, out var year))
        {
            var basis = IncludedCalendars.Config(_extends)?.Years.FirstOrDefault(y => y.Year == date.Year);
            _years[date.Year] = year = new(basis ?? new() { Year = date.Year });
        }
        year.Turn(date);
        Look();
    }

    /// <summary>The year is shown as it was while something cannot be read.</summary>
    void Look()
    {
        var config = Config(Stored?.Config);
        if (CalendarValidation.Validate(config).Any(p => p.Field != "name")) return;
        (_shown, _calendar) = (config, WorkCalendar.Of(config));
    }
}
